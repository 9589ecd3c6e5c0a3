package org.sqltune.model.safetensors;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A read lease on a file, on Linux: a program that opens the file to write or to cut it waits, until the lease is given
 * back or 45 seconds are over. So a file is still whole when its user learns that it is about to change. The kernel gives
 * leases to a file's owner only, on local file systems, and where nobody has the file open for writing.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_GETLEASE.2const.html">fcntl, F_SETLEASE</a>
 */
final class FileLease implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileLease.class);

    private static final int READ_ONLY_AND_NOT_INHERITED = 0x80000;
    private static final int SET_LEASE = 1024;
    private static final int GET_LEASE = 1025;
    private static final int READ = 0;
    private static final int NONE = 2;
    private static final int SIGIO = 29;
    private static final long DEFAULT_HANDLER = 0;
    private static final long IGNORED = 1;

    private final int descriptor;

    private FileLease(int descriptor) {
        this.descriptor = descriptor;
    }

    /** A lease; empty where there is none to be had. */
    static Optional<FileLease> take(Path file) {
        // Elsewhere on Linux than on these processors the numbers above differ.
        if (!Platform.isLinux() || !(Platform.isIntel() || Platform.isARM())) {
            return Optional.empty();
        }
        try {
            int descriptor = call("open", file.toString(), READ_ONLY_AND_NOT_INHERITED);
            if (descriptor < 0) {
                return Optional.empty();
            }
            // The kernel tells of a break by a signal that would end the process.
            ignoreSignal();
            if (call("fcntl", descriptor, SET_LEASE, READ) == 0) {
                return Optional.of(new FileLease(descriptor));
            }
            call("close", descriptor);
        } catch (LinkageError e) {
            log.debug("no leases: the C library can't be reached", e);
        }
        return Optional.empty();
    }

    private static synchronized void ignoreSignal() {
        long before = NativeLibrary.getProcess().getFunction("signal").invokeLong(new Object[] {SIGIO, IGNORED});
        if (before != DEFAULT_HANDLER && before != IGNORED) {
            NativeLibrary.getProcess().getFunction("signal").invokeLong(new Object[] {SIGIO, before});
        }
    }

    /** Whether a program waits for the file, or has waited too long and gone on. */
    boolean isBroken() {
        return call("fcntl", descriptor, GET_LEASE, 0) == NONE;
    }

    private static int call(String function, Object... arguments) {
        return NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
    }

    /** Gives the lease back: whoever waits goes on. */
    @Override
    public void close() {
        call("close", descriptor);
    }
}
