package org.sqltune.evaluation.spider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.report.ResultExcerpt;
import org.sqltune.evaluation.spider.execution.DatabaseSession;

/**
 * Runs wrong predictions and their gold queries once more, as they are written, to show what they return. That is for
 * readers, so it is bounded: the first wrong answers only, some seconds and rows each.
 */
public final class WrongAnswers {
    private static final int MOST_ANSWERS = 1_000;
    private static final int MOST_ROWS = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final DatabaseFolder databases;
    private final QueryLimits limits;
    private final SqliteWorkers sqlite;

    /**
     * @param databases where the databases are
     * @param timeoutSeconds what a query may take, if less than five seconds
     * @param sqlite where queries run
     */
    public WrongAnswers(DatabaseFolder databases, double timeoutSeconds, SqliteWorkers sqlite) {
        this.databases = databases;
        this.limits = QueryLimits.DEFAULTS.with(Math.min(timeoutSeconds, LONGEST.toSeconds()), MOST_ROWS);
        this.sqlite = sqlite;
    }

    /**
     * The results of the first wrong answers, by index.
     *
     * @param rows a row for each pair, in order
     */
    public SortedMap<Integer, ShownResult> results(List<SpiderRow> rows, List<SpiderPair> pairs) {
        List<SpiderPair> wrong = new ArrayList<>();
        for (int i = 0; i < rows.size() && wrong.size() < MOST_ANSWERS; i++) {
            if (Boolean.FALSE.equals(rows.get(i).testSuiteExecution())) {
                wrong.add(pairs.get(i));
            }
        }
        SortedMap<Integer, ShownResult> results = new TreeMap<>();
        Map<String, Optional<SqlExecutor>> open = new ConcurrentHashMap<>();
        try (ScoringThreads threads = new ScoringThreads(ScoringThreads.perCore())) {
            threads.forEach(
                    wrong,
                    pair -> Map.entry(pair.index(), result(pair, open)),
                    entry -> entry.getValue().ifPresent(result -> results.put(entry.getKey(), result)));
        }
        return results;
    }

    private Optional<ShownResult> result(SpiderPair pair, Map<String, Optional<SqlExecutor>> open) {
        return open.computeIfAbsent(pair.databaseId(), this::open).map(executor -> {
            Run gold = run(executor, pair.gold());
            Run predicted = run(executor, pair.prediction());
            String error = gold.error().isEmpty() ? "" : "the gold query fails: " + gold.error();
            return new ShownResult(
                    gold.result(),
                    predicted.result(),
                    predicted.failure(),
                    predicted.error().isEmpty() ? error : predicted.error());
        });
    }

    private Optional<SqlExecutor> open(String databaseId) {
        Optional<Path> file = databases.locate(databaseId);
        return file.map(path -> DatabaseSession.asPythonRuns(sqlite.open(path, limits)));
    }

    private static Run run(SqlExecutor executor, String sql) {
        try {
            QueryResult result = executor.execute(sql);
            return result.truncated()
                    ? new Run(ResultExcerpt.of(result), Kind.TOO_LARGE, "the result is larger than the limits")
                    : new Run(ResultExcerpt.of(result), null, "");
        } catch (SqlExecutionException e) {
            return new Run(null, e.kind(), String.valueOf(e.getMessage()));
        }
    }

    private record Run(
            @Nullable ResultExcerpt result, @Nullable Kind failure, String error) {}
}
