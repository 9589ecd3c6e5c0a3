package org.sqltune.cli.console;

import java.io.IOException;
import java.util.Locale;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Standard error of this process. */
final class StandardError {
    private StandardError() {}

    /** Whether it is a terminal. {@code System.console()} only knows about input and output together. */
    static boolean isTerminal() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        try {
            return TerminalProvider.load(windows ? "jni" : "exec").isSystemStream(SystemStream.Error);
        } catch (IOException e) {
            return false;
        }
    }
}
