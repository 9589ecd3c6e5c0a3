package org.sqltune.postgres.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Secrets;

/**
 * A server of the user.
 *
 * @param jdbcUrl the URL with user and password, {@code jdbc:postgresql://host/database?user=…&password=…}; the user
 *     must have the right to create schemas in that database
 * @param readerUrl the URL of the same database for a read-only user; null if the first user may create roles
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

    /** Does nothing: the user's server keeps running. */
    @Override
    public void close() {}

    /** Returns the URLs without passwords. */
    @Override
    public String toString() {
        return Secrets.withoutSecrets(jdbcUrl);
    }
}
