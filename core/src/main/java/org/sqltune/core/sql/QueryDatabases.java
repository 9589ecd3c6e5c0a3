package org.sqltune.core.sql;

import org.sqltune.core.SqlTuneException;

/** Databases that gold queries and answers are run on, each known by its name. {@code toString} says where they are. */
public interface QueryDatabases {
    /**
     * Whether queries can be run on that database.
     *
     * @param databaseId its name; empty for a question that names none
     */
    boolean has(String databaseId);

    /**
     * Finds out whether queries may be run at all, so that nobody learns it after hours.
     *
     * @throws SqlTuneException if not, with the remedy
     */
    void check();

    /**
     * Gets ready to run queries.
     *
     * @param limits what each query may use up
     * @param parallel how many queries may run at once, at most
     * @throws SqlTuneException if none can be run, with the remedy
     */
    Session open(QueryLimits limits, int parallel);

    /** Runs queries until it is closed. Safe for many threads. */
    interface Session extends AutoCloseable {
        /**
         * What runs queries on one database; safe for many threads.
         *
         * @throws SqlExecutionException if there is no such database, or it can't be read
         */
        SqlExecutor database(String databaseId);

        /** Ends whatever runs. */
        @Override
        void close();
    }
}
