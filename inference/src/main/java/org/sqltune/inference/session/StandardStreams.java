package org.sqltune.inference.session;

import java.io.IOException;
import java.util.Locale;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** What this process's standard streams are connected to. */
public final class StandardStreams {
    private StandardStreams() {}

    /** Whether results go to a terminal. Finding out takes a while. */
    public static boolean isOutputTerminal() {
        return isTerminal(SystemStream.Output);
    }

    /** Whether messages go to a terminal. Finding out takes a while. */
    public static boolean isErrorTerminal() {
        return isTerminal(SystemStream.Error);
    }

    /** {@code System.console()} only knows about input and output together. */
    private static boolean isTerminal(SystemStream stream) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        try {
            return TerminalProvider.load(windows ? "jni" : "exec").isSystemStream(stream);
        } catch (IOException e) {
            return false;
        }
    }
}
