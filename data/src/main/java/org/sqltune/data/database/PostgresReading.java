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
 * A read-only connection to an untrusted PostgreSQL database, with one time limit for reading its structure and
 * another for its values, since it may have any number of tables, and another session may have locked its catalogue.
 * Not thread-safe.
 */
final class PostgresReading implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresReading.class);

    /** Limits results, which the driver keeps in memory as a whole. */
    private static final String LARGEST_RESULT = "256M";

    private final Connection connection;
    private final Duration time;
    private volatile boolean stopped;

    private PostgresReading(Connection connection, Duration time) {
        this.connection = connection;
        this.time = time;
    }

    /**
     * Connects to the database.
     *
     * @param time the time limit for reading the structure, and again for reading values
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
            // The driver sets this machine's time zone.
            statement.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new PostgresReading(connection, time);
    }

    /** Reads a part of the structure. */
    @FunctionalInterface
    interface Reader<T> {
        /** Reads it over a connection, which stays open. */
        T read(Connection connection) throws SQLException;
    }

    /**
     * Reads the structure.
     *
     * @throws SQLException if it can't be read, or not in time, which {@link #isStopped} tells
     */
    <T> T structure(Reader<T> reader) throws SQLException {
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                this::stop, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
        try {
            return reader.read(connection);
        } finally {
            alarm.cancel(false);
        }
    }

    /** Closes the connection, which ends any call that waits for an answer. */
    private void stop() {
        stopped = true;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The connection can't be closed", e);
        }
    }

    /** Returns whether the time limit for the structure was exceeded. */
    boolean isStopped() {
        return stopped;
    }

    /** Returns a reader of rows; the time limit for values starts now. */
    JdbcRows rows() {
        return new JdbcRows(connection, time);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
