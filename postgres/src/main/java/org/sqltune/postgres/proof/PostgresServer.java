package org.sqltune.postgres.proof;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A running PostgreSQL server to which databases can be copied. */
public interface PostgresServer extends AutoCloseable {
    /**
     * Opens a connection as the user who creates the copies; the caller closes it.
     *
     * @throws SQLException if the server refuses the connection
     */
    Connection connect() throws SQLException;

    /** Returns the server's JDBC URL. */
    String jdbcUrl();

    /** Returns the URL of a read-only login for queries; null to create one for each copy. */
    @Nullable
    String readerUrl();

    /** Releases the server. */
    @Override
    void close();
}
