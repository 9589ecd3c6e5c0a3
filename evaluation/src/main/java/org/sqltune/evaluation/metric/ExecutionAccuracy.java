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

/**
 * Runs predictions and gold queries and compares what they return, by the rules of {@link ResultComparison}. The order
 * of rows counts if the gold query is ordered at its top level.
 *
 * <p>A gold query's result is remembered, so asking about the same one again costs nothing. Safe for many threads.
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
     * @param databases where the databases are
     * @param limits what each query may use up
     * @param distinct what becomes of DISTINCT
     * @param parallel how many queries may run at once
     * @throws SqlTuneException if none can be run there
     */
    public ExecutionAccuracy(QueryDatabases databases, QueryLimits limits, DistinctRule distinct, int parallel) {
        this.databases = databases;
        this.limits = limits;
        this.distinct = distinct;
        this.session = databases.open(limits, parallel);
    }

    /** Whether queries can be run on that database; an empty name is that of a question that names none. */
    public boolean has(String databaseId) {
        return databases.has(databaseId);
    }

    /**
     * Runs both queries and compares. Never fails: without a database that can be read, the gold query fails.
     *
     * @param databaseId the database both ask
     * @param gold the right query
     * @param prediction what a predictor made of the question; any text
     */
    public ExecutionOutcome score(String databaseId, String gold, String prediction) {
        return execute(databaseId, gold, prediction).outcome();
    }

    /** As {@link #score}, with what both return. */
    public Execution execute(String databaseId, String gold, String prediction) {
        GoldResult goldResult = goldResult(new GoldQuery(databaseId, gold));
        QueryResult wanted = goldResult.result();
        if (wanted == null) {
            return new Execution(new ExecutionOutcome.GoldFailed(goldResult.error()), null, null);
        }
        try {
            QueryResult predicted = run(databaseId, prediction);
            ExecutionOutcome outcome = ResultComparison.difference(wanted, predicted, RowOrder.isPrescribedBy(gold))
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

    /** Ends whatever runs. */
    @Override
    public void close() {
        session.close();
    }

    /**
     * What came of running both queries.
     *
     * @param outcome how they compare
     * @param gold what the gold query returns; null if it fails
     * @param predicted what the prediction returns; null if it fails or wasn't run
     */
    public record Execution(
            ExecutionOutcome outcome,
            @Nullable QueryResult gold,
            @Nullable QueryResult predicted) {}

    private record GoldQuery(String databaseId, String sql) {}

    /** A result, or the reason why there is none. */
    private record GoldResult(@Nullable QueryResult result, String error) {}
}
