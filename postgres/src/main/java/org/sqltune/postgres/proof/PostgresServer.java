package org.sqltune.postgres.proof;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A running PostgreSQL that databases may be copied to. */
public interface PostgresServer extends AutoCloseable {
    /**
     * Returns a new connection as the user who makes the copies, which the caller closes.
     *
     * @throws SQLException if the server refuses
     */
    Connection connect() throws SQLException;

    /** Returns where it is, for other users too. */
    String jdbcUrl();

    /**
     * Returns the URL of a login that may only read, which queries are to run as; null if one is to be made for each
     * copy.
     */
    @Nullable
    String readerUrl();

    /** Lets go of the server. */
    @Override
    void close();
}
