package org.sqltune.data.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;

/** Runs each distinct gold query once, on several databases in parallel. */
final class GoldExecution {
    private final QueryDatabases databases;
    private final QueryLimits limits;
    private final int threads;

    GoldExecution(QueryDatabases databases, QueryLimits limits, int threads) {
        this.databases = databases;
        this.limits = limits;
        this.threads = threads;
    }

    /** A query and its database. */
    record Query(String databaseId, String sql) {
        static Query of(Example example) {
            return new Query(example.databaseId(), example.sql());
        }
    }

    /** The outcome of a query. */
    sealed interface Outcome {
        /** The query ran. {@code empty}: it returned no rows, or only NULLs. */
        record Ran(boolean empty) implements Outcome {}

        /** The query failed. */
        record Failed(String message) implements Outcome {}

        /** The database is missing or can't be read. */
        record NoDatabase(String message) implements Outcome {}
    }

    /** Returns the outcome of every example's query. */
    Map<Query, Outcome> run(Collection<Example> examples, ProgressListener progress) {
        Map<String, Set<Query>> byDatabase = new LinkedHashMap<>();
        for (Example example : examples) {
            byDatabase
                    .computeIfAbsent(example.databaseId(), id -> new LinkedHashSet<>())
                    .add(Query.of(example));
        }
        long total = byDatabase.values().stream().mapToLong(Set::size).sum();
        AtomicLong done = new AtomicLong();
        Map<Query, Outcome> outcomes = new ConcurrentHashMap<>();
        // The largest database first, so that it isn't started last.
        List<Set<Query>> work = new ArrayList<>(byDatabase.values());
        work.sort(
                Comparator.comparingInt((Set<Query> queries) -> queries.size()).reversed());
        try (QueryDatabases.Session session = databases.open(limits, threads)) {
            inParallel(work, queries -> {
                runAll(queries, session, outcomes, () -> progress.advanced(done.incrementAndGet(), total, ""));
            });
        }
        return new HashMap<>(outcomes);
    }

    private static void runAll(
            Set<Query> queries, QueryDatabases.Session session, Map<Query, Outcome> outcomes, Runnable finished) {
        try {
            SqlExecutor executor = session.database(queries.iterator().next().databaseId());
            for (Query query : queries) {
                outcomes.put(query, run(query, executor));
                finished.run();
            }
        } catch (SqlExecutionException e) {
            String message = Objects.requireNonNullElse(e.getMessage(), "no database");
            queries.forEach(query -> outcomes.putIfAbsent(query, new Outcome.NoDatabase(message)));
        }
    }

    private static Outcome run(Query query, SqlExecutor executor) {
        try {
            return new Outcome.Ran(isEmpty(executor.execute(query.sql())));
        } catch (SqlExecutionException e) {
            return new Outcome.Failed(Objects.requireNonNullElse(e.getMessage(), "fails"));
        }
    }

    private static boolean isEmpty(QueryResult result) {
        return result.rows().stream().flatMap(List::stream).allMatch(Objects::isNull);
    }

    private void inParallel(List<Set<Query>> work, Consumer<Set<Query>> action) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            work.forEach(item -> running.add(pool.submit(() -> action.accept(item))));
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SqlTuneException known) {
                throw known;
            }
            throw new IllegalStateException("the audit failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlTuneException("The audit was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
