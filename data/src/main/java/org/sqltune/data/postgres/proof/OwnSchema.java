package org.sqltune.data.postgres.proof;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;

/**
 * A schema of its own on a server, with a role that may read it and nothing else where the user may make roles. Both are
 * dropped when this is closed, or when the process ends.
 */
final class OwnSchema implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OwnSchema.class);

    private final Connection connection;
    private final String name;
    private final Thread atExit;
    private boolean ownRole;

    private OwnSchema(PostgresServer server, Connection connection, String name) {
        this.connection = connection;
        this.name = name;
        this.atExit = new Thread(() -> dropAtExit(server), "drop-" + name);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Makes one, to which unqualified names then refer.
     *
     * @throws SqlTuneException if the server can't be reached or the user may make no schemas
     */
    static OwnSchema on(PostgresServer server) {
        String name = "sqltune_"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Connection connection;
        try {
            connection = server.connect();
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't connect to PostgreSQL: " + oneLine(e) + "; check the URL, the user and the password", e);
        }
        OwnSchema schema = new OwnSchema(server, connection, name);
        try {
            schema.prepare();
            return schema;
        } catch (SQLException e) {
            schema.close();
            throw new SqlTuneException("PostgreSQL refuses a schema to copy to: " + oneLine(e), e);
        }
    }

    private void prepare() throws SQLException {
        connection.setAutoCommit(false);
        run("CREATE SCHEMA " + name);
        Savepoint before = connection.setSavepoint();
        try {
            run("CREATE ROLE " + name + " NOLOGIN");
            run("GRANT USAGE ON SCHEMA " + name + " TO " + name);
            run("GRANT " + name + " TO CURRENT_USER");
            ownRole = true;
        } catch (SQLException e) {
            connection.rollback(before);
            log.debug("Queries run as the user, who may make no roles: {}", oneLine(e));
        }
        connection.commit();
        run("SET search_path = " + name + ", pg_catalog");
        run("SET DateStyle = 'ISO, YMD'");
        run("SET TimeZone = 'UTC'");
        run("SET standard_conforming_strings = on");
        run("SET jit = off");
        connection.commit();
    }

    /** To the server, without automatic commits; open until this is closed. */
    Connection connection() {
        return connection;
    }

    /** Lets the role, if there is one, read the tables that are there now. */
    void letRead() throws SQLException {
        if (ownRole) {
            run("GRANT SELECT ON ALL TABLES IN SCHEMA " + name + " TO " + name);
        }
    }

    /** For the rest of the transaction, the connection's user is the role, if there is one. */
    void becomeReader() throws SQLException {
        if (ownRole) {
            run("SET LOCAL ROLE " + name);
        }
    }

    /** Runs a statement. */
    void run(String sql) throws SQLException {
        run(connection, sql);
    }

    /** Drops the schema and closes the connection. */
    @Override
    public void close() {
        drop(connection, name);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            log.debug("The process is ending, the schema {} is dropped on the way", name);
        }
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

    /** What the server says, without line breaks. */
    static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
}
