package org.sqltune.cli;

import java.nio.file.Path;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.core.config.ConfigException;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.torch.EngineDefaults;
import org.sqltune.workflow.DotEnv;
import org.sqltune.workflow.NativeLibraries;
import org.sqltune.workflow.UserCache;

/** Entry point of the jar. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        System.setErr(console.err());
        int code;
        try {
            EngineDefaults.apply();
            DotEnv.load(Path.of(""), System.getenv(), System.getProperties());
            UserCache cache = UserCache.of(System.getenv());
            NativeLibraries.unpackOnce(cache.folder());
            code = new SqlTuneCli(console, cache, HubSettings::ofProcess).run(arguments);
        } catch (ConfigException e) {
            console.err().println("sqltune: " + e.getMessage());
            code = ExitCodes.MISUSE;
        }
        console.out().flush();
        console.err().flush();
        System.exit(code);
    }
}
