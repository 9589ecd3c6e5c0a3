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
 * One copied database: a schema of its own on the server, dropped when this is closed. Queries run on a connection of
 * their own, as a login that may read this schema and nothing else ({@link QueryLogin}), each alone in a read-only
 * transaction with a time limit ({@link QueryConnection}). A limit that remains: what a query takes of the server's memory
 * and disk is for the server's own settings.
 *
 * <p>For one thread at a time.
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
     * @param schema as converted from {@code file}
     * @param file the SQLite file, opened read-only
     * @param limits what each query may use up; those of disk and of single values don't apply here
     * @throws SqlTuneException if the server can't be reached or refuses the data, or there is no login for queries; then
     *     nothing of it remains there
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

    /** Makes the schema and finds who may read it. */
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

    /** Returns what was copied. */
    public Copied copied() {
        return copied;
    }

    /**
     * Runs one query. Values are null, numbers, {@link String}, {@link Boolean} or {@code byte[]}; whatever else
     * PostgreSQL has comes as it writes it.
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

    /** The process ends in the middle of a query: its connections are cut, another one cleans up. */
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
