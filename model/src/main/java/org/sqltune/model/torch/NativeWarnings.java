package org.sqltune.model.torch;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.function.LongSupplier;

/**
 * Keeps libtorch's own lines off standard error while something runs: it tells the users of deprecated functions so once in a process, in lines
 * that mean nothing to ours. What other threads write there meanwhile is lost, too, so it is for moments.
 */
public final class NativeWarnings {
    private static final int STANDARD_ERROR = 2;
    private static final int WRITE_ONLY = 1;

    private NativeWarnings() {}

    /** Returns what the action returns. Where the C library can't be reached, and on Windows, the lines are shown. */
    public static long without(LongSupplier action) {
        if (Platform.isWindows()) {
            return action.getAsLong();
        }
        int kept;
        int nowhere;
        try {
            kept = call("dup", STANDARD_ERROR);
            nowhere = call("open", "/dev/null", WRITE_ONLY);
        } catch (LinkageError e) {
            return action.getAsLong();
        }
        try {
            call("dup2", nowhere, STANDARD_ERROR);
            return action.getAsLong();
        } finally {
            call("dup2", kept, STANDARD_ERROR);
            call("close", kept);
            call("close", nowhere);
        }
    }

    private static int call(String name, Object... arguments) {
        Function function = NativeLibrary.getProcess().getFunction(name);
        return function.invokeInt(arguments);
    }
}
