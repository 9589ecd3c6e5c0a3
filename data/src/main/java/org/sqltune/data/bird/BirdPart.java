package org.sqltune.data.bird;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.text.Failures;
import org.sqltune.data.archive.Archives;
import org.sqltune.data.archive.UnpackingLimits;

/**
 * A part of BIRD, found by its file of rows and the files beside it.
 *
 * @param rows the file of rows, such as {@code dev.json}
 * @param tables the file of schemas, such as {@code dev_tables.json}; null if it is missing
 * @param databases the databases, such as {@code dev_databases}; null if they are missing
 */
record BirdPart(Path rows, @Nullable Path tables, @Nullable DatabaseFolder databases) {
    /** Archives contain {@code dev_20240627/dev.json} or {@code minidev/MINIDEV/mini_dev_sqlite.json}. */
    private static final int LEVELS = 4;

    /**
     * Finds a part.
     *
     * @param outer BIRD's folder, or a folder that contains it
     * @param rowFiles possible names of the file of rows, by preference
     * @param prefix the prefix of its schema and database names, {@code dev} or {@code train}
     */
    static Optional<BirdPart> find(Path outer, List<String> rowFiles, String prefix) {
        for (String name : rowFiles) {
            Optional<Path> rows = file(outer, name);
            if (rows.isPresent()) {
                Path tables = rows.get().resolveSibling(prefix + "_tables.json");
                return Optional.of(new BirdPart(
                        rows.get(),
                        Files.isRegularFile(tables) ? tables : null,
                        databases(rows.get().resolveSibling(prefix + "_databases"))));
            }
        }
        return Optional.empty();
    }

    /** Returns the database folder; unpacks it if it is an archive inside the archive. */
    private static @Nullable DatabaseFolder databases(Path folder) {
        if (Files.isDirectory(folder)) {
            return new DatabaseFolder(folder);
        }
        Path packed = folder.resolveSibling(folder.getFileName() + ".zip");
        if (!Files.isRegularFile(packed)) {
            return null;
        }
        Path unpacked = new Archives(UnpackingLimits.DEFAULTS).unpacked(packed);
        Path inside = unpacked.resolve(String.valueOf(folder.getFileName()));
        return new DatabaseFolder(Files.isDirectory(inside) ? inside : unpacked);
    }

    private static Optional<Path> file(Path outer, String name) {
        try (Stream<Path> files = Files.find(
                outer,
                LEVELS,
                (path, attributes) -> String.valueOf(path.getFileName()).equals(name)
                        && !path.toString().contains("_databases"))) {
            return files.sorted().findFirst();
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the folder " + outer + ": " + Failures.reason(e) + "; check the path", e);
        }
    }
}
