package org.sqltune.inference.session;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.thread.InterruptedWorkException;

/**
 * Queries of one database that an interrupt of the calling thread stops: the connection or process that runs the query is
 * closed, and the next query gets a new one. For one thread at a time.
 */
public final class StoppableQueries implements SqlExecutor, AutoCloseable {
    private final QueryDatabases databases;
    private final String databaseId;
    private final QueryLimits limits;
    private QueryDatabases.@Nullable Session session;

    /**
     * Opens the database, so that one that can't be read is told of at once.
     *
     * @param databaseId its name in {@code databases}; empty if there is only one
     * @param limits what each query may use up
     * @throws org.sqltune.core.SqlTuneException if no query can be run there
     */
    public StoppableQueries(QueryDatabases databases, String databaseId, QueryLimits limits) {
        this.databases = databases;
        this.databaseId = databaseId;
        this.limits = limits;
        open().database(databaseId);
    }

    /**
     * Runs a query.
     *
     * @throws InterruptedWorkException if the thread is interrupted; its interrupted status stays set
     * @throws org.sqltune.core.sql.SqlExecutionException if the query fails
     */
    @Override
    public QueryResult execute(String sql) {
        QueryDatabases.Session running = open();
        FutureTask<QueryResult> query =
                new FutureTask<>(() -> running.database(databaseId).execute(sql));
        background("sqltune-query", query);
        try {
            return query.get();
        } catch (InterruptedException e) {
            session = null;
            background("sqltune-query-stop", running::close);
            Thread.currentThread().interrupt();
            throw new InterruptedWorkException("The query was stopped");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("the query failed", e.getCause());
        }
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private QueryDatabases.Session open() {
        QueryDatabases.Session current = session == null ? databases.open(limits, 1) : session;
        session = current;
        return current;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
