package org.sqltune.cli;

import java.nio.file.Path;
import java.util.Map;
import org.sqltune.cli.console.RecordedConsole;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.workflow.UserCache;

/** The command line in this process, with its caches in a folder of the test. */
public final class TestCli {
    private final RecordedConsole recorded = new RecordedConsole(false);
    private final Path cache;
    private final HubSettings hub;

    /** Without network. */
    public TestCli(Path cache) {
        this(cache, Map.of("HF_HUB_OFFLINE", "1"));
    }

    /** @param hubEnvironment what the environment says of the hub; its cache is in the folder, too */
    public TestCli(Path cache, Map<String, String> hubEnvironment) {
        this.cache = cache;
        hub = HubSettings.of(hubEnvironment, cache);
    }

    /** A tiny random Llama with a tokenizer, and prompt-completion rows. */
    public static Path tinyModel() {
        return Path.of("..", "model", "src", "test", "resources", "parity", "tiny_llama_with_tokenizer");
    }

    public int run(String... arguments) {
        return cli().run(arguments);
    }

    /** Fails if the arguments aren't understood; runs nothing. */
    public void check(String... arguments) {
        cli().check(arguments);
    }

    private SqlTuneCli cli() {
        return new SqlTuneCli(recorded.console(), new UserCache(cache), () -> hub);
    }

    public String out() {
        return recorded.out();
    }

    public String err() {
        return recorded.err();
    }
}
