package org.sqltune.postgres.proof;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;

/** Finds a PostgreSQL to prove conversions with. */
public final class PostgresServers {
    private static final String LIBRARY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    private PostgresServers() {}

    /**
     * Returns the server at that URL or, without one, an embedded server, where the library for it is on the class
     * path.
     *
     * @param jdbcUrl as {@link RemoteServer} takes it; null for the embedded one
     * @param readerUrl likewise; of no use for the embedded one
     * @throws SqlTuneException if there is neither, or the embedded one doesn't start
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

    /** Returns whether the optional library of the embedded server is there. */
    public static boolean isEmbeddable() {
        try {
            Class.forName(LIBRARY, false, PostgresServers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
