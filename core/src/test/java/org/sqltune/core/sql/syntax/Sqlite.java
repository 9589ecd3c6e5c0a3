package org.sqltune.core.sql.syntax;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** What SQLite's own compiler says of a text. Nothing is run. */
public final class Sqlite implements AutoCloseable {
    private final Connection connection;

    /** @param tables statements that make the tables */
    public Sqlite(String... tables) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.executeUpdate(table);
            }
        }
    }

    /** The error, or an empty text if SQLite takes the query. */
    public String error(String sql) {
        try (PreparedStatement compiled = connection.prepareStatement(sql)) {
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Whether SQLite's grammar has the query, whatever its names mean. */
    public boolean parses(String sql) {
        String error = error(sql);
        return !error.contains("syntax error")
                && !error.contains("incomplete input")
                && !error.contains("unrecognized token");
    }

    /** Whether SQLite refuses the query for what its parser finds wrong with its meaning. */
    public boolean refusesWhileParsing(String sql) {
        String error = error(sql);
        return error.contains("clause should come")
                || error.contains("JOIN clause is required")
                || error.contains("unknown join type")
                || error.contains("NATURAL join may not")
                || error.contains("same number of terms")
                || error.contains("unsupported frame")
                || error.contains("not supported for window functions")
                || error.contains("ORDER BY may not be used with")
                || error.contains("element has")
                || error.contains("no such table");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
