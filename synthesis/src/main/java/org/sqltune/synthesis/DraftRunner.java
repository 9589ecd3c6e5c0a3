package org.sqltune.synthesis;

import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.ForeignDatabase;

/** Runs drafted queries on a database. Each may take {@link #MOST_STEPS}. */
public interface DraftRunner {
    /**
     * The limit in steps of SQLite's virtual machine, about a second's worth, so that a slow computer keeps the same
     * pairs.
     */
    long MOST_STEPS = 20_000_000;

    /** The maximal number of rows that {@link #all} reads. */
    int MOST_ROWS = 100_000;

    /** The time limit of a query on an untrusted database, in seconds, since a single step may take any time. */
    double MOST_SECONDS = 60;

    /**
     * Returns the first row of a query's result, marked as truncated if there are more.
     *
     * @throws SqlExecutionException if the query fails; {@link SqlExecutionException.Kind#TIMEOUT} if it takes too
     *     long
     */
    QueryResult first(String sql);

    /** Returns up to {@link #MOST_ROWS} rows; otherwise like {@link #first}. */
    QueryResult all(String sql);

    /**
     * Called with a draft that the database refuses, which becomes no pair. By default a fault: a template is wrong, or the
     * file is damaged. A database with other rules than SQLite's may refuse some drafts.
     *
     * @throws SqlTuneException if that ends the synthesis
     */
    default void refused(String sql, SqlExecutionException refusal) {
        throw new SqlTuneException(
                "Synthesised SQL fails: " + sql + ": " + refusal.getMessage()
                        + ". Check the database with PRAGMA integrity_check, or report this schema as a bug",
                refusal);
    }

    /**
     * Returns a runner for an untrusted file, which is queried in a separate process.
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
