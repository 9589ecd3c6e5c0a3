package org.sqltune.data.postgres.proof;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.data.postgres.schema.DatabaseCopy;
import org.sqltune.data.postgres.schema.DatabaseCopy.Copied;
import org.sqltune.data.postgres.schema.PostgresSchema;

/**
 * One copied database: a schema of its own on the server, dropped when this is closed. Each query runs alone in a
 * read-only transaction with a time limit, as a role that may read this schema and nothing else; where the user may not
 * make roles, as the user. A limit that remains: what a query takes of the server's memory and disk is for the server's
 * own settings.
 *
 * <p>For one thread at a time.
 */
public final class PostgresDatabase implements SqlExecutor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final String QUERY_CANCELED = "57014";
    private static final int FETCH_ROWS = 1000;

    private final Connection connection;
    private final QueryLimits limits;
    private final String name;
    private final boolean ownRole;
    private final Copied copied;
    private final Thread atExit;

    private PostgresDatabase(
            PostgresServer server,
            Connection connection,
            QueryLimits limits,
            String name,
            boolean ownRole,
            Copied copied) {
        this.connection = connection;
        this.limits = limits;
        this.name = name;
        this.ownRole = ownRole;
        this.copied = copied;
        this.atExit = new Thread(() -> dropAtExit(server), "drop-" + name);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Copies a database to a server.
     *
     * @param schema as converted from {@code file}
     * @param file the SQLite file, opened read-only
     * @param limits what each query may use up; those of disk and of single values don't apply here
     * @throws SqlTuneException if the server can't be reached or refuses the data; then nothing of it remains there
     */
    public static PostgresDatabase copy(PostgresServer server, PostgresSchema schema, Path file, QueryLimits limits) {
        String name = "sqltune_"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Connection connection;
        try {
            connection = server.connect();
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't connect to PostgreSQL: " + oneLine(e) + "; check the URL, the user and the password", e);
        }
        try {
            connection.setAutoCommit(false);
            boolean ownRole = prepare(connection, name);
            Copied copied = new DatabaseCopy(connection).copy(schema, file);
            if (ownRole) {
                run(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA " + name + " TO " + name);
            }
            connection.commit();
            return new PostgresDatabase(server, connection, limits, name, ownRole, copied);
        } catch (SQLException e) {
            drop(connection, name);
            throw new SqlTuneException("PostgreSQL refuses a schema to copy to: " + oneLine(e), e);
        } catch (SqlTuneException e) {
            drop(connection, name);
            throw e;
        }
    }

    /** Makes the schema and the role; whether there is a role. */
    private static boolean prepare(Connection connection, String name) throws SQLException {
        run(connection, "CREATE SCHEMA " + name);
        boolean ownRole = false;
        Savepoint before = connection.setSavepoint();
        try {
            run(connection, "CREATE ROLE " + name + " NOLOGIN");
            run(connection, "GRANT USAGE ON SCHEMA " + name + " TO " + name);
            run(connection, "GRANT " + name + " TO CURRENT_USER");
            ownRole = true;
        } catch (SQLException e) {
            connection.rollback(before);
            log.debug("Queries run as the user, who may make no roles: {}", oneLine(e));
        }
        connection.commit();
        run(connection, "SET search_path = " + name + ", pg_catalog");
        run(connection, "SET DateStyle = 'ISO, YMD'");
        run(connection, "SET TimeZone = 'UTC'");
        run(connection, "SET standard_conforming_strings = on");
        run(connection, "SET jit = off");
        connection.commit();
        return ownRole;
    }

    /** What was copied. */
    public Copied copied() {
        return copied;
    }

    /**
     * Runs one query. Values are null, numbers, {@link String}, {@link Boolean} or {@code byte[]}; whatever else
     * PostgreSQL has comes as it writes it.
     */
    @Override
    public QueryResult execute(String sql) {
        try {
            connection.rollback();
            run(connection, "SET TRANSACTION READ ONLY");
            run(
                    connection,
                    "SET LOCAL statement_timeout = "
                            + Math.max(1, limits.timeout().toMillis()));
            if (ownRole) {
                run(connection, "SET LOCAL ROLE " + name);
            }
            return read(sql);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            rollback();
        }
    }

    /** Prepared, so that the server takes no more than one statement. */
    private QueryResult read(String sql) throws SQLException {
        // The driver reads a question mark as a parameter unless it is doubled.
        try (PreparedStatement statement = connection.prepareStatement(QuestionMarks.escaped(sql))) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                return new PostgresRows(rows, limits).read();
            }
        }
    }

    private static SqlExecutionException failure(SQLException e) {
        String message = oneLine(e);
        String state = String.valueOf(e.getSQLState());
        if (state.equals(QUERY_CANCELED)) {
            return new SqlExecutionException(Kind.TIMEOUT, "stopped at the time limit", e);
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "53", "54" -> new SqlExecutionException(Kind.TOO_LARGE, message, e);
            case "42" -> new SqlExecutionException(state.equals("42601") ? Kind.SYNTAX : Kind.INVALID, message, e);
            default -> new SqlExecutionException(Kind.INVALID, message, e);
        };
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            log.debug("rollback: {}", oneLine(e));
        }
    }

    /** Drops the copy and closes the connection. */
    @Override
    public void close() {
        drop(connection, name);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** The process ends in the middle of a query: that connection is cut, another one cleans up. */
    private void dropAtExit(PostgresServer server) {
        try {
            connection.abort(Runnable::run);
            Connection other = server.connect();
            other.setAutoCommit(false);
            drop(other, name);
        } catch (SQLException e) {
            log.debug("The schema {} may remain in PostgreSQL: {}", name, oneLine(e));
        }
    }

    private static void drop(Connection connection, String name) {
        try (connection) {
            connection.rollback();
            run(connection, "DROP SCHEMA IF EXISTS " + name + " CASCADE");
            run(connection, "DROP ROLE IF EXISTS " + name);
            connection.commit();
        } catch (SQLException e) {
            log.warn("The schema or the role {} may remain in PostgreSQL: {}", name, oneLine(e));
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
}
