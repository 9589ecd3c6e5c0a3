package org.sqltune.core.sql;

import org.sqltune.core.SqlTuneException;

/**
 * Named databases on which gold queries and answers are executed. {@code toString} returns their location for messages.
 */
public interface QueryDatabases {
    /**
     * Whether queries can be executed on that database.
     *
     * @param databaseId the database's name; empty for a question that names none
     */
    boolean has(String databaseId);

    /**
     * Checks that queries can be executed, so that a long run fails at its start rather than at its end.
     *
     * @throws SqlTuneException if no query can be executed; the message gives the remedy
     */
    void check();

    /**
     * Opens a session that executes queries.
     *
     * @param limits resource limits of each query
     * @param parallel largest number of queries that run at the same time
     * @throws SqlTuneException if no query can be executed; the message gives the remedy
     */
    Session open(QueryLimits limits, int parallel);

    /** Executes queries until it is closed. Thread-safe. */
    interface Session extends AutoCloseable {
        /**
         * Returns the executor of one database. It is thread-safe.
         *
         * @throws SqlExecutionException if the database doesn't exist or can't be read
         */
        SqlExecutor database(String databaseId);

        /** Closes the session and stops running queries. */
        @Override
        void close();
    }
}
