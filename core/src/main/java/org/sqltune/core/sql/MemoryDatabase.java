package org.sqltune.core.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * An empty SQLite database in memory, for CREATE TABLE statements from elsewhere. Such a statement may also compute without
 * end ({@code CREATE TABLE t AS WITH RECURSIVE …}), so the database has limits: no files, values of 200 kB, 200 MB, and about
 * a second of SQLite's work in all.
 */
public final class MemoryDatabase {
    private static final int STEPS_A_LOOK = 1_000;
    private static final int MOST_LOOKS = 20_000;
    private static final int LARGEST_VALUE = 200_000;
    private static final int MOST_PAGES = 50_000;

    private MemoryDatabase() {}

    /**
     * Opens one.
     *
     * @return a connection; a statement that exceeds a limit fails with an {@link SQLException}
     */
    public static Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + MOST_PAGES);
            SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LARGEST_VALUE);
            ProgressHandler.setHandler(connection, STEPS_A_LOOK, new Looks());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Stops whatever runs once the steps are used up. */
    private static final class Looks extends ProgressHandler {
        private int looks;

        @Override
        protected int progress() {
            return ++looks > MOST_LOOKS ? 1 : 0;
        }
    }
}
