package org.sqltune.evaluation.bird;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.BenchmarkScorer;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.BenchmarkScores.Output;
import org.sqltune.evaluation.RowScores;
import org.sqltune.evaluation.ScoredPrediction;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;

/**
 * BIRD's official scores: EX, Soft-F1 and, if queries are timed, R-VES, with the question's difficulty. Scores
 * several rows at a time. Answers on a missing database have no scores; answers on an unreadable database are wrong.
 */
public final class BirdScorer implements BenchmarkScorer {
    /** The time limit of the official scripts for one query. */
    public static final double OFFICIAL_TIMEOUT_SECONDS = 30;

    private static final int MOST_ROWS = 1_000_000;

    private final DatabaseFolder databases;
    private final QueryLimits limits;
    private final int repetitions;
    private final int workers;

    /**
     * Creates a scorer that uses all cores, or a single one if queries are timed.
     *
     * @param databases the folder of the databases
     * @param timeoutSeconds for one query
     * @param repetitions how often right queries are timed for R-VES; officially 100; 0 leaves R-VES out
     */
    public BirdScorer(DatabaseFolder databases, double timeoutSeconds, int repetitions) {
        this(databases, timeoutSeconds, repetitions, repetitions > 0 ? 1 : ScoringThreads.perCore());
    }

    /** @param workers how many rows are scored at once; affects only the time and R-VES */
    BirdScorer(DatabaseFolder databases, double timeoutSeconds, int repetitions, int workers) {
        this.databases = databases;
        this.limits = QueryLimits.DEFAULTS.with(timeoutSeconds, MOST_ROWS);
        this.repetitions = repetitions;
        this.workers = workers;
    }

    @Override
    public BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress) {
        RowScores[] rows = new RowScores[answers.size()];
        Arrays.fill(rows, RowScores.NONE);
        // Rows of one database are scored in succession, since opening a database takes time.
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        IntStream.range(0, answers.size())
                .filter(i ->
                        databases.locate(answers.get(i).example().databaseId()).isPresent())
                .forEach(i -> places.computeIfAbsent(answers.get(i).example().databaseId(), id -> new ArrayList<>())
                        .add(i));
        List<Integer> order = places.values().stream().flatMap(List::stream).toList();
        try (ScoringThreads threads = new ScoringThreads(workers);
                SqliteWorkers sqlite = new SqliteWorkers(workers)) {
            Map<String, SqlExecutor> open = new ConcurrentHashMap<>();
            int[] done = new int[1];
            threads.forEach(
                    order,
                    place -> Map.entry(place, score(answers.get(place), executor(answers.get(place), open, sqlite))),
                    row -> {
                        rows[row.getKey()] = row.getValue();
                        progress.advanced(++done[0], order.size(), "");
                    });
        }
        return new BenchmarkScores(List.of(rows), List.of(Columns.EXECUTION_BIRD), rules(), Map.of(), Output.NONE);
    }

    /** Returns an executor for the answer's database; on an unreadable database every query fails. */
    private SqlExecutor executor(ScoredPrediction answer, Map<String, SqlExecutor> open, SqliteWorkers sqlite) {
        return open.computeIfAbsent(answer.example().databaseId(), id -> {
            try {
                return sqlite.open(databases.require(id), limits);
            } catch (SqlExecutionException e) {
                return sql -> {
                    throw e;
                };
            }
        });
    }

    private RowScores score(ScoredPrediction answer, SqlExecutor executor) {
        String goldSql = answer.example().sql();
        String sql = answer.prediction().sql();
        Run gold = Run.of(executor, goldSql);
        Run predicted = Run.of(executor, sql);
        QueryResult wanted = gold.result();
        QueryResult found = predicted.result();
        boolean right = wanted != null && found != null && BirdMetrics.sameRows(wanted, found);
        Map<ColumnDescriptor, Double> measures = new LinkedHashMap<>();
        measures.put(Columns.SOFT_F1, wanted == null || found == null ? 0 : BirdMetrics.softF1(wanted, found));
        if (repetitions > 0) {
            double[] ratios = right ? ratios(executor, goldSql, sql) : new double[0];
            measures.put(Columns.R_VES, BirdMetrics.valid(BirdMetrics.reward(ratios)));
        }
        String difficulty = answer.example().context().complexity();
        return new RowScores(
                difficulty.isEmpty() ? Map.of() : Map.of(Columns.DIFFICULTY, difficulty),
                Map.of(Columns.EXECUTION_BIRD, right),
                measures,
                false,
                gold.error().isEmpty() ? predicted.error() : "the gold query fails: " + gold.error());
    }

    private double[] ratios(SqlExecutor executor, String gold, String prediction) {
        double[] ratios = new double[repetitions];
        for (int i = 0; i < ratios.length; i++) {
            double predicted = seconds(executor, prediction);
            ratios[i] = seconds(executor, gold) / predicted;
        }
        return ratios;
    }

    private static double seconds(SqlExecutor executor, String sql) {
        long start = System.nanoTime();
        executor.execute(sql);
        return Math.max(1, System.nanoTime() - start) / 1e9;
    }

    private Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(Columns.EXECUTION_BIRD.name(), "BIRD's EX: equal sets of rows, columns in order");
        rules.put(Columns.SOFT_F1.name(), "BIRD mini-dev's Soft-F1, mean over questions, from 0 to 1");
        if (repetitions > 0) {
            rules.put(Columns.R_VES.name(), "BIRD mini-dev's R-VES, from 0 to 111.8; depends on the machine's load");
        }
        return rules;
    }

    /** The outcome of one query. */
    private record Run(@Nullable QueryResult result, String error) {
        static Run of(SqlExecutor executor, String sql) {
            try {
                QueryResult result = executor.execute(sql);
                return result.truncated() ? new Run(null, "the result is larger than the limits") : new Run(result, "");
            } catch (SqlExecutionException e) {
                return new Run(null, String.valueOf(e.getMessage()));
            }
        }
    }
}
