package org.sqltune.core.sql;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * How much room is left where SQLite puts its temporary files. They have no name to measure them by, so what a query
 * takes shows only in what is left.
 */
final class TemporarySpace {
    private final File folder;

    TemporarySpace() {
        folder = find();
    }

    /** In the order in which SQLite looks, on Unix; elsewhere its folder and Java's are the same. */
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

    /** Bytes that can still be written. */
    long usableBytes() {
        return folder.getUsableSpace();
    }
}
