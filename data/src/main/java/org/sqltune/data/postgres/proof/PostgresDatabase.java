package org.sqltune.data.postgres.proof;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private final OwnSchema own;
    private final Connection connection;
    private final QueryLimits limits;
    private final Copied copied;

    private PostgresDatabase(OwnSchema own, QueryLimits limits, Copied copied) {
        this.own = own;
        this.connection = own.connection();
        this.limits = limits;
        this.copied = copied;
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
        OwnSchema own = OwnSchema.on(server);
        try {
            Copied copied = new DatabaseCopy(own.connection()).copy(schema, file);
            own.letRead();
            own.connection().commit();
            return new PostgresDatabase(own, limits, copied);
        } catch (SQLException e) {
            own.close();
            throw new SqlTuneException("PostgreSQL refuses a schema to copy to: " + OwnSchema.oneLine(e), e);
        } catch (SqlTuneException e) {
            own.close();
            throw e;
        }
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
            own.run("SET TRANSACTION READ ONLY");
            own.run("SET LOCAL statement_timeout = "
                    + Math.max(1, limits.timeout().toMillis()));
            own.becomeReader();
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
        String message = OwnSchema.oneLine(e);
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
            log.debug("rollback: {}", OwnSchema.oneLine(e));
        }
    }

    /** Drops the copy and closes the connection. */
    @Override
    public void close() {
        own.close();
    }
}
