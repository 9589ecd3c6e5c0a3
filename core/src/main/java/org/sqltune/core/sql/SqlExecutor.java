package org.sqltune.core.sql;

/** Executes queries on one database. */
@FunctionalInterface
public interface SqlExecutor {
    /**
     * Executes one query.
     *
     * @param sql a single query; may have a closing semicolon and comments
     * @return the result, truncated at the executor's limits
     * @throws SqlExecutionException if the text isn't a query, can't be executed or exceeds its time limit; {@link
     *     SqlExecutionException#kind()} gives the reason
     */
    QueryResult execute(String sql);
}
