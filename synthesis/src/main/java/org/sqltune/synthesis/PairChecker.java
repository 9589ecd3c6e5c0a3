package org.sqltune.synthesis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqltune.core.SqlTuneException;
import org.sqltune.synthesis.grammar.Draft;

/**
 * Runs drafted queries and accepts those with one unambiguous answer. The connection is read-only until this is
 * closed.
 */
final class PairChecker implements AutoCloseable {
    /** The limit counts virtual machine steps, about a second's worth, so that a slow computer keeps the same pairs. */
    private static final int STEPS_A_LOOK = 10_000;

    private static final int MOST_LOOKS = 2_000;

    private final Connection connection;
    private final boolean wasQueryOnly;
    private final Map<String, Boolean> verdicts = new HashMap<>();
    private int looks;

    /** @throws SQLException if the connection is closed or isn't an SQLite connection */
    PairChecker(Connection connection) throws SQLException {
        this.connection = connection;
        this.wasQueryOnly = queryOnly();
        setQueryOnly(true);
        ProgressHandler.setHandler(connection, STEPS_A_LOOK, new ProgressHandler() {
            @Override
            protected int progress() {
                return ++looks > MOST_LOOKS ? 1 : 0;
            }
        });
    }

    /**
     * Returns whether the query finishes within the limit, returns a row that is neither NULL nor zero, and has no
     * tie at its LIMIT.
     *
     * @throws SqlTuneException if SQLite rejects the query, which means that a template is wrong
     */
    boolean answers(Draft draft) {
        return verdicts.computeIfAbsent(draft.sql(), sql -> run(draft));
    }

    private boolean run(Draft draft) {
        try {
            return hasAnswer(draft.sql()) && !tied(draft.tieProbe());
        } catch (SQLException e) {
            if (e instanceof SQLiteException refused && refused.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
                return false;
            }
            throw new SqlTuneException(
                    "Synthesised SQL fails: " + draft.sql() + ": " + e.getMessage() + ". Report this schema as a bug",
                    e);
        }
    }

    private boolean hasAnswer(String sql) throws SQLException {
        looks = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int i = 1; i <= columns; i++) {
                    String value = row.getString(i);
                    if (value != null && !(columns == 1 && value.equals("0"))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private boolean tied(@Nullable String probe) throws SQLException {
        if (probe == null) {
            return false;
        }
        looks = 0;
        Set<String> seen = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(probe)) {
            while (row.next()) {
                if (!seen.add(String.valueOf(row.getString(1)))) {
                    return true;
                }
            }
            return false;
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
