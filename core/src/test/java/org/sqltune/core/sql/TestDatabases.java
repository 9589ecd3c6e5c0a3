package org.sqltune.core.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes real SQLite files. */
public final class TestDatabases {
    private TestDatabases() {}

    /** A file made by these statements. */
    public static Path create(Path file, String... statements) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                    Statement statement = connection.createStatement()) {
                for (String each : statements) {
                    statement.executeUpdate(each);
                }
            }
            return file;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A table {@code n(x)} with the numbers from 1 to {@code count}. */
    public static Path numbers(Path file, int count) {
        return create(
                file,
                "CREATE TABLE n (x INTEGER)",
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < " + count
                        + ") INSERT INTO n SELECT x FROM c");
    }
}
