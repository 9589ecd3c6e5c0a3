package org.sqltune.core.sql;

/** Runs queries against one database. */
@FunctionalInterface
public interface SqlExecutor {
    /**
     * Runs one query.
     *
     * @param sql a single query; a closing semicolon and comments do no harm
     * @return its rows, cut off at the executor's limits
     * @throws SqlExecutionException if it isn't a query, can't be run or uses up its time, with the
     *     {@linkplain SqlExecutionException#kind() kind} of failure
     */
    QueryResult execute(String sql);
}
