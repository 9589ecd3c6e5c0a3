package org.sqltune.core.sql;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Measures the free space of the folder for SQLite's temporary files. These files have no names, so their size shows
 * only as a decrease of the free space.
 */
final class TemporarySpace {
    private final File folder;

    TemporarySpace() {
        folder = find();
    }

    /** Finds the folder in SQLite's order on Unix; on other systems SQLite uses Java's temporary folder. */
    private static File find() {
        @Nullable
        String[] candidates = {System.getenv("SQLITE_TMPDIR"), System.getenv("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp"};
        for (String candidate : candidates) {
            if (candidate != null && isUsable(new File(candidate))) {
                return new File(candidate);
            }
        }
        return new File(System.getProperty("java.io.tmpdir", "."));
    }

    private static boolean isUsable(File folder) {
        return folder.isDirectory() && folder.canWrite();
    }

    /** Returns the number of bytes that can still be written. */
    long usableBytes() {
        return folder.getUsableSpace();
    }
}
