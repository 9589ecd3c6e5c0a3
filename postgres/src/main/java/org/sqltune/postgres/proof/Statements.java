package org.sqltune.postgres.proof;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs SqlTune's own statements and formats PostgreSQL's messages. */
final class Statements {
    private Statements() {}

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the server's message on one line. */
    static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
}
