package org.sqltune.data.postgres.proof;

import java.sql.Connection;
import java.sql.SQLException;

/** A running PostgreSQL that databases may be copied to. */
public interface PostgresServer extends AutoCloseable {
    /**
     * A new connection, which the caller closes.
     *
     * @throws SQLException if the server refuses
     */
    Connection connect() throws SQLException;

    /** Lets go of the server. */
    @Override
    void close();
}
