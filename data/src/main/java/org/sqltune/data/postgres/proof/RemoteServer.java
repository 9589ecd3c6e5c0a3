package org.sqltune.data.postgres.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqltune.core.SqlTuneException;

/**
 * A server of the user's own.
 *
 * @param jdbcUrl where it is, user and password included: {@code jdbc:postgresql://host/database?user=…&password=…}; the
 *     user must be allowed to make schemas in that database
 */
public record RemoteServer(String jdbcUrl) implements PostgresServer {
    private static final String PREFIX = "jdbc:postgresql:";

    public RemoteServer {
        if (!jdbcUrl.startsWith(PREFIX)) {
            throw new SqlTuneException(
                    "The JDBC URL must begin with " + PREFIX + ", such as " + PREFIX + "//localhost/postgres?user=me");
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl);
    }

    /** The server isn't ours to stop. */
    @Override
    public void close() {}

    /** Without what may be a password. */
    @Override
    public String toString() {
        return jdbcUrl.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }
}
