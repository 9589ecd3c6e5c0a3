package org.sqltune.evaluation.metric;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.primitives.Ints;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.facts.QueryFacts;
import org.sqltune.core.sql.result.ResultComparison;

/**
 * Runs predictions and gold queries and compares their results by the rules of {@link ResultComparison}. The order of
 * rows counts if the gold query has an ORDER BY at its top level.
 *
 * <p>Gold results are cached, so that a gold query runs only once. Thread-safe.
 */
public final class ExecutionAccuracy implements AutoCloseable {
    private static final long REMEMBERED_BYTES = 100_000_000;

    private final QueryDatabases databases;
    private final QueryLimits limits;
    private final DistinctRule distinct;
    private final Cache<GoldQuery, GoldResult> goldResults = CacheBuilder.newBuilder()
            .maximumWeight(REMEMBERED_BYTES)
            .weigher(ExecutionAccuracy::bytes)
            .build();

    private final QueryDatabases.Session session;

    /**
     * @param databases the databases to query
     * @param limits the limits of each query
     * @param distinct how DISTINCT is treated
     * @param parallel the maximal number of queries that run at once
     * @throws SqlTuneException if no queries can be run there
     */
    public ExecutionAccuracy(QueryDatabases databases, QueryLimits limits, DistinctRule distinct, int parallel) {
        this.databases = databases;
        this.limits = limits;
        this.distinct = distinct;
        this.session = databases.open(limits, parallel);
    }

    /** Returns whether the database exists; an empty id stands for a question that names no database. */
    public boolean has(String databaseId) {
        return databases.has(databaseId);
    }

    /**
     * Runs both queries and compares their results. Never throws: if the database can't be read, the outcome is a
     * gold failure.
     *
     * @param databaseId the database of both queries
     * @param gold the gold query
     * @param prediction the predicted query; may be any text
     */
    public ExecutionOutcome score(String databaseId, String gold, String prediction) {
        return execute(databaseId, gold, prediction).outcome();
    }

    /** Like {@link #score}, and returns both results as well. */
    public Execution execute(String databaseId, String gold, String prediction) {
        GoldResult goldResult = goldResult(new GoldQuery(databaseId, gold));
        QueryResult wanted = goldResult.result();
        if (wanted == null) {
            return new Execution(new ExecutionOutcome.GoldFailed(goldResult.error()), null, null);
        }
        try {
            QueryResult predicted = run(databaseId, prediction);
            ExecutionOutcome outcome = ResultComparison.difference(wanted, predicted, QueryFacts.isOrdered(gold))
                    .<ExecutionOutcome>map(ExecutionOutcome.WrongResult::new)
                    .orElseGet(ExecutionOutcome.Match::new);
            return new Execution(outcome, wanted, predicted);
        } catch (SqlExecutionException e) {
            return new Execution(new ExecutionOutcome.PredictionFailed(e.kind(), message(e)), wanted, null);
        }
    }

    private GoldResult goldResult(GoldQuery query) {
        GoldResult known = goldResults.getIfPresent(query);
        if (known != null) {
            return known;
        }
        GoldResult result;
        try {
            result = new GoldResult(run(query.databaseId(), query.sql()), "");
        } catch (SqlExecutionException e) {
            result = new GoldResult(null, message(e));
        }
        goldResults.put(query, result);
        return result;
    }

    private QueryResult run(String databaseId, String sql) {
        return complete(session.database(databaseId).execute(distinct.apply(sql)));
    }

    private static String message(SqlExecutionException failure) {
        return String.valueOf(failure.getMessage());
    }

    private QueryResult complete(QueryResult result) {
        if (result.truncated()) {
            throw new SqlExecutionException(
                    SqlExecutionException.Kind.TOO_LARGE,
                    "the result has more than " + limits.maxRows() + " rows or " + limits.maxResultBytes() + " bytes");
        }
        return result;
    }

    private static int bytes(GoldQuery query, GoldResult gold) {
        long text = (long) query.sql().length() + gold.error().length();
        return Ints.saturatedCast(
                text + (gold.result() == null ? 0 : gold.result().heapBytes()));
    }

    /** Stops running queries. */
    @Override
    public void close() {
        session.close();
    }

    /**
     * The outcome of running both queries.
     *
     * @param outcome how the results compare
     * @param gold the gold query's result; null if it fails
     * @param predicted the prediction's result; null if it fails or wasn't run
     */
    public record Execution(
            ExecutionOutcome outcome,
            @Nullable QueryResult gold,
            @Nullable QueryResult predicted) {}

    private record GoldQuery(String databaseId, String sql) {}

    /** A gold query's result, or its error. */
    private record GoldResult(@Nullable QueryResult result, String error) {}
}
