package org.sqltune.core.sql.worker;

import java.nio.file.Path;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutor;

/**
 * One SQLite database for all questions, whatever database they name, queried in worker processes ({@link
 * SqliteWorkers}).
 *
 * @param file the database
 */
public record SqliteFile(Path file) implements QueryDatabases {
    @Override
    public boolean has(String databaseId) {
        return true;
    }

    /** Does nothing: the file is opened read-only. */
    @Override
    public void check() {}

    @Override
    public Session open(QueryLimits limits, int parallel) {
        SqliteWorkers workers = new SqliteWorkers(parallel);
        SqlExecutor executor = workers.open(file, limits);
        return new Session() {
            @Override
            public SqlExecutor database(String databaseId) {
                return executor;
            }

            @Override
            public void close() {
                workers.close();
            }
        };
    }

    /** The file's path. */
    @Override
    public String toString() {
        return file.toString();
    }
}
