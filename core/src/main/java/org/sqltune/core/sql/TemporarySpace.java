package org.sqltune.core.sql;

import java.io.File;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How much room is left where SQLite puts its temporary files. They have no name to measure them by, so what a query
 * takes shows only in what is left.
 */
final class TemporarySpace {
    private final File folder;

    TemporarySpace() {
        // The order in which SQLite looks, on Unix; elsewhere its folder and Java's are the same.
        folder = Stream.of(System.getenv("SQLITE_TMPDIR"), System.getenv("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp")
                .filter(Objects::nonNull)
                .map(File::new)
                .filter(file -> file.isDirectory() && file.canWrite())
                .findFirst()
                .orElseGet(() -> new File(System.getProperty("java.io.tmpdir", ".")));
    }

    /** Bytes that can still be written. */
    long usableBytes() {
        return folder.getUsableSpace();
    }
}
