package org.sqltune.synthesis;

import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.ForeignDatabase;

/**
 * Runs drafted queries on the database that is asked. Each may take {@link #MOST_STEPS}.
 */
public interface DraftRunner {
    /** Steps of SQLite's virtual machine, about a second of them. A slow computer keeps the same pairs as a fast one. */
    long MOST_STEPS = 20_000_000;

    /** Rows that {@link #all} reads at most. */
    int MOST_ROWS = 100_000;

    /** Seconds that a query of a foreign database may take, since one step of SQLite's may take any time. */
    double MOST_SECONDS = 60;

    /**
     * The first row of a query's result, truncated if there are more.
     *
     * @throws SqlExecutionException if the query fails; {@link SqlExecutionException.Kind#TIMEOUT} if it takes too long
     */
    QueryResult first(String sql);

    /** As {@link #first}, of up to {@link #MOST_ROWS} rows. */
    QueryResult all(String sql);

    /**
     * For a file of unknown origin, which is queried in a process of its own.
     *
     * @throws SqlExecutionException if the file doesn't exist or isn't a database
     */
    static DraftRunner of(ForeignDatabase database) {
        QueryLimits limits = QueryLimits.DEFAULTS.withMaxSteps(MOST_STEPS);
        SqlExecutor first = database.queries(limits.with(MOST_SECONDS, 1));
        SqlExecutor all = database.queries(limits.with(MOST_SECONDS, MOST_ROWS));
        return new DraftRunner() {
            @Override
            public QueryResult first(String sql) {
                return first.execute(sql);
            }

            @Override
            public QueryResult all(String sql) {
                return all.execute(sql);
            }
        };
    }
}
