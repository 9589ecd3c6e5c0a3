package org.sqltune.postgres.proof;

import static org.sqltune.postgres.proof.Statements.oneLine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.postgres.schema.DatabaseCopy;
import org.sqltune.postgres.schema.DatabaseCopy.Copied;
import org.sqltune.postgres.schema.PostgresSchema;

/**
 * A copied database: a separate schema on the server, dropped when this is closed. Queries run on a separate
 * connection, as a login that may read only this schema ({@link QueryLogin}), each in its own read-only transaction
 * with a time limit ({@link QueryConnection}). The server's own settings limit a query's memory and disk.
 *
 * <p>Not thread-safe.
 */
public final class PostgresDatabase implements SqlExecutor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

    private final Connection connection;
    private final QueryConnection queries;
    private final String name;
    private final Copied copied;
    private final Thread atExit;

    private PostgresDatabase(
            PostgresServer server, Connection connection, QueryConnection queries, String name, Copied copied) {
        this.connection = connection;
        this.queries = queries;
        this.name = name;
        this.copied = copied;
        this.atExit = new Thread(() -> dropAtExit(server), "drop-" + name);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Copies a database to a server.
     *
     * @param schema the schema converted from {@code file}
     * @param file the SQLite file, opened read-only
     * @param limits the limits of each query; those of disk and of single values don't apply
     * @throws SqlTuneException if the server can't be reached or rejects the data, or no login for queries is
     *     available; nothing remains on the server then
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
            QueryLogin login = prepare(server, connection, name);
            Copied copied = new DatabaseCopy(connection).copy(schema, file);
            login.grantTables(connection, name);
            connection.commit();
            QueryConnection queries = new QueryConnection(login, name, limits);
            queries.open();
            return new PostgresDatabase(server, connection, queries, name, copied);
        } catch (SQLException e) {
            drop(connection, name);
            throw new SqlTuneException("PostgreSQL refuses a schema to copy to, or to query it: " + oneLine(e), e);
        } catch (SqlTuneException e) {
            drop(connection, name);
            throw e;
        }
    }

    /** Creates the schema and the login that may read it. */
    private static QueryLogin prepare(PostgresServer server, Connection connection, String name) throws SQLException {
        Statements.run(connection, "CREATE SCHEMA " + name);
        QueryLogin login = QueryLogin.of(server, connection, name);
        connection.commit();
        Statements.run(
                connection,
                "SET search_path = " + name + ", pg_catalog",
                "SET DateStyle = 'ISO, YMD'",
                "SET TimeZone = 'UTC'",
                "SET standard_conforming_strings = on");
        connection.commit();
        return login;
    }

    /** Returns a summary of the copy. */
    public Copied copied() {
        return copied;
    }

    /**
     * Runs one query. Values are null, numbers, {@link String}, {@link Boolean} or {@code byte[]}; other types are
     * returned as PostgreSQL's text.
     */
    @Override
    public QueryResult execute(String sql) {
        return queries.execute(sql);
    }

    /** Drops the copy and closes the connections. */
    @Override
    public void close() {
        queries.close();
        drop(connection, name);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            log.debug("The process is ending, the schema {} is dropped on the way", name);
        }
    }

    /** Cleans up when the process ends during a query: cuts the connections and drops the schema on another one. */
    private void dropAtExit(PostgresServer server) {
        try {
            queries.close();
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
            Statements.run(connection, "DROP SCHEMA IF EXISTS " + name + " CASCADE");
            connection.commit();
            QueryLogin.drop(connection, name);
            connection.commit();
        } catch (SQLException e) {
            log.warn("The schema or the role {} may remain in PostgreSQL: {}", name, oneLine(e));
        }
    }
}
