package org.sqltune.core.sql.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutor;

/**
 * A folder of SQLite databases, queried in worker processes ({@link SqliteWorkers}).
 *
 * @param folder the folder of the databases
 * @param shared processes that somebody else closes; null if each session has its own
 */
public record SqliteDatabases(
        DatabaseFolder folder, @Nullable SqliteWorkers shared) implements QueryDatabases {
    /** Each session has processes of its own. */
    public SqliteDatabases(DatabaseFolder folder) {
        this(folder, null);
    }

    /** The same databases in these processes, which aren't closed with a session. */
    public SqliteDatabases in(SqliteWorkers workers) {
        return new SqliteDatabases(folder, workers);
    }

    @Override
    public boolean has(String databaseId) {
        return folder.locate(databaseId).isPresent();
    }

    /** Does nothing: files are opened read-only, and a missing file fails its own questions only. */
    @Override
    public void check() {}

    @Override
    public Session open(QueryLimits limits, int parallel) {
        return shared == null
                ? new Processes(folder, limits, new SqliteWorkers(parallel), true)
                : new Processes(folder, limits, shared, false);
    }

    /** The folder's path. */
    @Override
    public String toString() {
        return folder.folder().toString();
    }

    private static final class Processes implements Session {
        private final DatabaseFolder folder;
        private final QueryLimits limits;
        private final SqliteWorkers workers;
        private final boolean own;
        private final Map<String, SqlExecutor> open = new ConcurrentHashMap<>();

        Processes(DatabaseFolder folder, QueryLimits limits, SqliteWorkers workers, boolean own) {
            this.folder = folder;
            this.limits = limits;
            this.workers = workers;
            this.own = own;
        }

        @Override
        public SqlExecutor database(String databaseId) {
            return open.computeIfAbsent(databaseId, id -> workers.open(folder.require(id), limits));
        }

        @Override
        public void close() {
            if (own) {
                workers.close();
            }
        }
    }
}
