package org.sqltune.synthesis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/** Runs drafted queries in this process, on a trusted database. The connection is read-only until this is closed. */
final class ConnectionRunner implements DraftRunner, AutoCloseable {
    private static final int STEPS_A_LOOK = 10_000;

    private final Connection connection;
    private final boolean wasQueryOnly;
    private int looks;

    /** @throws SQLException if the connection is closed or isn't an SQLite connection */
    ConnectionRunner(Connection connection) throws SQLException {
        this.connection = connection;
        this.wasQueryOnly = queryOnly();
        setQueryOnly(true);
        ProgressHandler.setHandler(connection, STEPS_A_LOOK, new ProgressHandler() {
            @Override
            protected int progress() {
                return ++looks > MOST_STEPS / STEPS_A_LOOK ? 1 : 0;
            }
        });
    }

    @Override
    public QueryResult first(String sql) {
        return run(sql, 1);
    }

    @Override
    public QueryResult all(String sql) {
        return run(sql, MOST_ROWS);
    }

    private QueryResult run(String sql, int maxRows) {
        looks = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(row.getMetaData().getColumnLabel(i));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            boolean more = row.next();
            while (more && rows.size() < maxRows) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    values.add(row.getObject(i));
                }
                rows.add(values);
                more = row.next();
            }
            return new QueryResult(columns, rows, more);
        } catch (SQLException e) {
            boolean stopped =
                    e instanceof SQLiteException refused && refused.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT;
            throw new SqlExecutionException(stopped ? Kind.TIMEOUT : Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private boolean queryOnly() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA query_only")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void setQueryOnly(boolean on) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = " + (on ? "ON" : "OFF"));
        }
    }

    /** Restores the connection's settings. */
    @Override
    public void close() throws SQLException {
        ProgressHandler.clearHandler(connection);
        setQueryOnly(wasQueryOnly);
    }
}
