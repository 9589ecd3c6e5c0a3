package org.sqltune.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes folders of real SQLite files. */
public final class TestDatabases {
    private TestDatabases() {}

    /** Adds {@code <name>/<name>.sqlite}, made by these statements. */
    public static void add(Path folder, String name, String... statements) {
        try {
            Path file = Files.createDirectories(folder.resolve(name)).resolve(name + ".sqlite");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                for (String each : statements) {
                    statement.executeUpdate(each);
                }
            }
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
