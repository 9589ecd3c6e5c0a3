package org.sqltune.core.sql;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/**
 * A folder of SQLite databases in the layout of Spider and BIRD: {@code <db_id>/<db_id>.sqlite}.
 *
 * @param folder the folder that contains one folder per database
 */
public record DatabaseFolder(Path folder) {

    /** Returns the database's file; empty if it doesn't exist, or if the name could lead out of the folder. */
    public Optional<Path> locate(String databaseId) {
        if (!isPlainName(databaseId)) {
            return Optional.empty();
        }
        Path file = folder.resolve(databaseId).resolve(databaseId + ".sqlite");
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /**
     * Returns the database's file.
     *
     * @throws SqlExecutionException {@link Kind#MISSING_DATABASE} if the file doesn't exist; the message names it
     */
    public Path require(String databaseId) {
        return locate(databaseId)
                .orElseThrow(() -> new SqlExecutionException(
                        Kind.MISSING_DATABASE,
                        "No database \"" + databaseId + "\" in " + folder + "; put it at "
                                + folder.resolve("<db_id>").resolve("<db_id>.sqlite")));
    }

    private static boolean isPlainName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\")) {
            return false;
        }
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
