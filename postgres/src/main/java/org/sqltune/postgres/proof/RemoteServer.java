package org.sqltune.postgres.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Secrets;

/**
 * A server of the user's own.
 *
 * @param jdbcUrl where it is, user and password included: {@code jdbc:postgresql://host/database?user=…&password=…}; the
 *     user must be allowed to make schemas in that database
 * @param readerUrl the same database as another user, who may only read; null if the first may make roles
 */
public record RemoteServer(String jdbcUrl, @Nullable String readerUrl) implements PostgresServer {
    private static final String PREFIX = "jdbc:postgresql:";

    public RemoteServer {
        requirePostgres(jdbcUrl);
        if (readerUrl != null) {
            requirePostgres(readerUrl);
        }
    }

    private static void requirePostgres(String url) {
        if (!url.startsWith(PREFIX)) {
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
        return Secrets.withoutSecrets(jdbcUrl);
    }
}
