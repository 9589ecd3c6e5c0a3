package org.sqltune.cli;

import java.nio.file.Path;

/** The command line in this process, with its caches in a folder of the test. */
final class TestCli {
    private final RecordedConsole recorded = new RecordedConsole(false);
    private final Path cache;

    TestCli(Path cache) {
        this.cache = cache;
    }

    /** A tiny random Llama with a tokenizer, and prompt-completion rows. */
    static Path tinyModel() {
        return Path.of("..", "model", "src", "test", "resources", "parity", "tiny_llama_with_tokenizer");
    }

    int run(String... arguments) {
        return new SqlTuneCli(recorded.console(), new UserCache(cache)).run(arguments);
    }

    String out() {
        return recorded.out();
    }

    String err() {
        return recorded.err();
    }
}
