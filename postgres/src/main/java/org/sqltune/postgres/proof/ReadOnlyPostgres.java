package org.sqltune.postgres.proof;

import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.text.Secrets;

/**
 * The user's own PostgreSQL database, used for all questions whatever database they name. Queries run as the URL's
 * login, which must be read-only, on the first schema of its search path, which {@code ?currentSchema=name} sets.
 * Each query runs in its own read-only transaction, which is rolled back, with the server's time limit. The server's
 * own settings limit a query's memory and disk. Thread-safe.
 */
public final class ReadOnlyPostgres implements QueryDatabases {
    private static final String SETTING = "data.database";

    /** Limits the connections of a large machine; servers usually allow a hundred. */
    private static final int MOST_CONNECTIONS = 8;

    private static final String REMEDY = "name one that may only read, since queries of unknown origin run as it"
            + " (CREATE ROLE reader LOGIN PASSWORD '…'; GRANT USAGE ON SCHEMA public TO reader;"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader),"
            + " or leave execution_accuracy out of evaluation.metrics";

    private final String url;

    /**
     * Creates the database without connecting.
     *
     * @param url {@code jdbc:postgresql://host/database?user=…&password=…}
     */
    public ReadOnlyPostgres(String url) {
        this.url = url;
    }

    /** Returns true: every question uses this database. */
    @Override
    public boolean has(String databaseId) {
        return true;
    }

    /** @throws SqlTuneException if the server can't be reached, or the login may do more than read */
    @Override
    public void check() {
        login();
    }

    @Override
    public Session open(QueryLimits limits, int parallel) {
        return ReaderConnections.open(login(), limits, Math.min(parallel, MOST_CONNECTIONS));
    }

    private QueryLogin login() {
        return QueryLogin.named(url, SETTING, REMEDY);
    }

    /** Returns the URL without its password. */
    @Override
    public String toString() {
        return Secrets.withoutSecrets(url);
    }
}
