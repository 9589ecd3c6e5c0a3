package org.sqltune.postgres.proof;

import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.text.Secrets;

/**
 * A PostgreSQL database of the user's own, which all questions ask, whatever name they give it. Queries run as the URL's
 * login, which must be one that may only read, and on the schema that is first on its search path, which {@code
 * ?currentSchema=name} sets; each alone in a read-only transaction that is rolled back, with the server's own time limit.
 * What a query takes of the server's memory and disk is for the server's settings.
 */
public final class ReadOnlyPostgres implements QueryDatabases {
    private static final String SETTING = "data.database";

    /** So that a large machine doesn't use up a server's connections; usual servers have a hundred. */
    private static final int MOST_CONNECTIONS = 8;

    private static final String REMEDY = "name one that may only read, since queries of unknown origin run as it"
            + " (CREATE ROLE reader LOGIN PASSWORD '…'; GRANT USAGE ON SCHEMA public TO reader;"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader),"
            + " or leave execution_accuracy out of evaluation.metrics";

    private final String url;

    /**
     * Doesn't connect yet.
     *
     * @param url {@code jdbc:postgresql://host/database?user=…&password=…}
     */
    public ReadOnlyPostgres(String url) {
        this.url = url;
    }

    /** Returns every question asks this database. */
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
