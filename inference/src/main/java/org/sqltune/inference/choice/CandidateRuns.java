package org.sqltune.inference.choice;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.inference.choice.Candidate.Result;

/**
 * Runs candidates on their questions' databases: read-only, in worker processes or by a read-only role, within limits, a few
 * at a time. Opens nothing before the first query. Safe for several threads.
 */
public final class CandidateRuns implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CandidateRuns.class);
    private static final int MOST_AT_ONCE = 4;

    private final QueryDatabases databases;
    private final QueryLimits limits;
    private final int parallel =
            Math.max(1, Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors()));
    private final ExecutorService threads;
    private QueryDatabases.@Nullable Session session;
    private boolean closed;

    /** @param limits what each query may use up */
    public CandidateRuns(QueryDatabases databases, QueryLimits limits) {
        this.databases = databases;
        this.limits = limits;
        this.threads = Executors.newFixedThreadPool(parallel, work -> {
            Thread thread = new Thread(work, "sqltune-candidates");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether there is a database for a question. */
    boolean has(String databaseId) {
        return databases.has(databaseId);
    }

    /** Runs a query; what fails for any reason is a failed candidate. */
    CompletableFuture<Result> run(String databaseId, String sql) {
        return CompletableFuture.supplyAsync(() -> result(databaseId, sql), threads);
    }

    private Result result(String databaseId, String sql) {
        if (sql.isBlank()) {
            return new Result.Failed();
        }
        try {
            return new Result.Rows(open().database(databaseId).execute(sql));
        } catch (SqlTuneException e) {
            log.debug("candidate failed: {}: {}", sql, e.getMessage());
            return new Result.Failed();
        }
    }

    private synchronized QueryDatabases.Session open() {
        if (closed) {
            throw new SqlTuneException("Candidates aren't run any more: the model was closed");
        }
        QueryDatabases.Session current = session == null ? databases.open(limits, parallel) : session;
        session = current;
        return current;
    }

    /** Ends running queries. */
    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (this) {
            closed = true;
            if (session != null) {
                session.close();
            }
        }
    }
}
