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
 * One part of BIRD, found by its file of rows: what lies beside it belongs to it.
 *
 * @param rows such as {@code dev.json}
 * @param tables such as {@code dev_tables.json}; null if it isn't there
 * @param databases such as {@code dev_databases}; null if it isn't there
 */
record BirdPart(Path rows, @Nullable Path tables, @Nullable DatabaseFolder databases) {
    /** Archives hold {@code dev_20240627/dev.json} or {@code minidev/MINIDEV/mini_dev_sqlite.json}. */
    private static final int LEVELS = 4;

    /**
     * Looks for a part.
     *
     * @param outer BIRD's folder, or one around it
     * @param rowFiles names that its file of rows may have, the better first
     * @param prefix what the names of its schemas and databases begin with, {@code dev} or {@code train}
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

    /** Returns the databases; they may come as an archive inside the archive. */
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
