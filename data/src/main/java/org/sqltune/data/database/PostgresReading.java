package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A read-only connection to a PostgreSQL database of unknown origin, with one time limit for all that is read of its
 * structure and once more for its values: it may have any number of tables, and a catalog that another session has locked. For
 * one thread.
 */
final class PostgresReading implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresReading.class);

    /** The driver keeps a whole result in memory. */
    private static final String LARGEST_RESULT = "256M";

    private final Connection connection;
    private final Duration time;
    private volatile boolean stopped;

    private PostgresReading(Connection connection, Duration time) {
        this.connection = connection;
        this.time = time;
    }

    /**
     * Connects.
     *
     * @param time for the structure, and again for values
     */
    static PostgresReading open(String url, Duration time) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("readOnly", "true");
        properties.setProperty("readOnlyMode", "always");
        properties.setProperty("options", "-c statement_timeout=30s");
        properties.setProperty("maxResultBuffer", LARGEST_RESULT);
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            // The driver asks for this machine's time zone.
            statement.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new PostgresReading(connection, time);
    }

    /** Reads something of the structure. */
    @FunctionalInterface
    interface Reader<T> {
        /** Reads it over a connection, which stays open. */
        T read(Connection connection) throws SQLException;
    }

    /**
     * Reads the structure.
     *
     * @throws SQLException if it can't be read, or not in time; then {@link #isStopped}
     */
    <T> T structure(Reader<T> reader) throws SQLException {
        CompletableFuture<Void> alarm =
                CompletableFuture.runAsync(this::stop, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
        try {
            return reader.read(connection);
        } finally {
            alarm.cancel(false);
        }
    }

    /** Closes the connection under whatever waits for an answer. */
    private void stop() {
        stopped = true;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The connection can't be closed", e);
        }
    }

    /** Whether the time for the structure was over. */
    boolean isStopped() {
        return stopped;
    }

    /** Reads rows, from now on as long as the time for values lasts. */
    JdbcRows rows() {
        return new JdbcRows(connection, time);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
