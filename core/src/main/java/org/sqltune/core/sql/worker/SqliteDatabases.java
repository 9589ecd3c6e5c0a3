package org.sqltune.core.sql.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutor;

/**
 * A folder of SQLite databases, queried in worker processes ({@link SqliteWorkers}).
 *
 * @param folder the folder of the databases
 */
public record SqliteDatabases(DatabaseFolder folder) implements QueryDatabases {
    @Override
    public boolean has(String databaseId) {
        return folder.locate(databaseId).isPresent();
    }

    /** Does nothing: files are opened read-only, and a missing file fails its own questions only. */
    @Override
    public void check() {}

    @Override
    public Session open(QueryLimits limits, int parallel) {
        return new Processes(folder, limits, new SqliteWorkers(parallel));
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
        private final Map<String, SqlExecutor> open = new ConcurrentHashMap<>();

        Processes(DatabaseFolder folder, QueryLimits limits, SqliteWorkers workers) {
            this.folder = folder;
            this.limits = limits;
            this.workers = workers;
        }

        @Override
        public SqlExecutor database(String databaseId) {
            return open.computeIfAbsent(databaseId, id -> workers.open(folder.require(id), limits));
        }

        @Override
        public void close() {
            workers.close();
        }
    }
}
