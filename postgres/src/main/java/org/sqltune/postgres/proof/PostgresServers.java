package org.sqltune.postgres.proof;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;

/** Opens the PostgreSQL server for proving conversions. */
public final class PostgresServers {
    private static final String LIBRARY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    private PostgresServers() {}

    /**
     * Returns the server of a URL or, without one, an embedded server if its library is on the class path.
     *
     * @param jdbcUrl see {@link RemoteServer}; null for the embedded server
     * @param readerUrl see {@link RemoteServer}; unused for the embedded server
     * @throws SqlTuneException if there is no server, or the embedded one doesn't start
     */
    public static PostgresServer open(@Nullable String jdbcUrl, @Nullable String readerUrl) {
        if (jdbcUrl != null) {
            return new RemoteServer(jdbcUrl, readerUrl);
        }
        if (!isEmbeddable()) {
            throw new SqlTuneException("There is no PostgreSQL to prove queries with: name yours with --jdbc-url"
                    + " jdbc:postgresql://localhost/postgres?user=me&password=…, or build the jar with"
                    + " -Pembedded-postgres");
        }
        return EmbeddedServer.start();
    }

    /** Returns whether the optional library of the embedded server is on the class path. */
    public static boolean isEmbeddable() {
        try {
            Class.forName(LIBRARY, false, PostgresServers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
