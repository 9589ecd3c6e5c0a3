package org.sqltune.postgres.schema;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.SqlIdentifiers;

/** Reads all rows of tables of an SQLite file, opened read-only. */
final class SqliteTables implements AutoCloseable {
    private final Path file;
    private final Connection connection;

    private SqliteTables(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    static SqliteTables open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try {
            // As a URI, since the driver reads options after a question mark in a plain path.
            return new SqliteTables(file, config.createConnection("jdbc:sqlite:" + file.toUri()));
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    /** Receives one row. */
    @FunctionalInterface
    interface RowAction {
        /** Receives a row; the list is reused for the next one. */
        void accept(List<@Nullable Object> values);
    }

    /**
     * Passes every row of a table to the action.
     *
     * @param columns expressions for the columns to read
     */
    void forEachRow(String table, List<String> columns, RowAction action) {
        String sql =
                columns.stream().collect(Collectors.joining(", ", "SELECT ", " FROM " + SqlIdentifiers.quoted(table)));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<@Nullable Object> values = new ArrayList<>();
            while (rows.next()) {
                values.clear();
                for (int i = 1; i <= columns.size(); i++) {
                    values.add(rows.getObject(i));
                }
                action.accept(values);
            }
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    private static SqlTuneException unreadable(Path file, SQLException e) {
        return new SqlTuneException(
                "Can't read " + file + " as an SQLite database: " + e.getMessage() + ". Check the file", e);
    }
}
