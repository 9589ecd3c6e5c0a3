package org.sqltune.evaluation.bird;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.QueryCategorizer;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.outline.ErrorDiagnosis;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.outline.OutlineParser;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.evaluation.report.ResultExcerpt;
import org.sqltune.evaluation.report.ScoreNames;

/** Scores predictions for BIRD, database by database, several rows at a time. */
public final class BirdEvaluator {
    private final DatabaseFolder databases;
    private final QueryLimits limits;
    private final int repetitions;
    private final int workers;

    /**
     * An evaluator that uses all cores; but one, if queries are timed.
     *
     * @param databases where the databases are
     * @param limits what a query may use up; the official time limit is 30 s
     * @param repetitions how often right queries are timed for R-VES; officially 100; 0 leaves R-VES out
     */
    public BirdEvaluator(DatabaseFolder databases, QueryLimits limits, int repetitions) {
        this(databases, limits, repetitions, repetitions > 0 ? 1 : ScoringThreads.perCore());
    }

    /** @param workers how many rows are scored at once; changes nothing but the time, and R-VES */
    BirdEvaluator(DatabaseFolder databases, QueryLimits limits, int repetitions, int workers) {
        this.databases = databases;
        this.limits = limits;
        this.repetitions = repetitions;
        this.workers = workers;
    }

    /** The report; examples whose database is missing are named and left out. */
    public Report evaluate(List<BirdExample> examples, Provenance provenance, ProgressListener progress) {
        Map<String, Integer> missing = new TreeMap<>();
        List<Integer> places = new ArrayList<>();
        byDatabase(examples).forEach((id, ofDatabase) -> {
            if (databases.locate(id).isEmpty()) {
                missing.put(id, ofDatabase.size());
            } else {
                places.addAll(ofDatabase);
            }
        });
        SortedMap<Integer, ReportRow> rows = new TreeMap<>();
        try (ScoringThreads threads = new ScoringThreads(workers);
                SqliteWorkers sqlite = new SqliteWorkers(workers)) {
            Map<String, SqlExecutor> open = new ConcurrentHashMap<>();
            threads.forEach(
                    places,
                    place -> Map.entry(place, score(examples.get(place), executor(examples.get(place), open, sqlite))),
                    row -> {
                        rows.put(row.getKey(), row.getValue());
                        progress.advanced(rows.size(), examples.size(), "");
                    });
        }
        return new Report(
                provenance.withRules(rules()),
                ScoreNames.EXECUTION_ACCURACY,
                List.copyOf(rows.values()),
                Map.of(),
                Map.of("skipped_examples", (double) (examples.size() - rows.size())),
                missing);
    }

    private static Map<String, List<Integer>> byDatabase(List<BirdExample> examples) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            places.computeIfAbsent(examples.get(i).databaseId(), id -> new ArrayList<>())
                    .add(i);
        }
        return places;
    }

    /** On a database that can't be read, every query fails. */
    private SqlExecutor executor(BirdExample example, Map<String, SqlExecutor> open, SqliteWorkers sqlite) {
        return open.computeIfAbsent(example.databaseId(), id -> {
            try {
                return sqlite.open(databases.require(id), limits);
            } catch (SqlExecutionException e) {
                return sql -> {
                    throw e;
                };
            }
        });
    }

    private ReportRow score(BirdExample example, SqlExecutor executor) {
        Run gold = Run.of(executor, example.gold());
        Run predicted = Run.of(executor, example.prediction());
        QueryResult wanted = gold.result();
        QueryResult found = predicted.result();
        boolean right = wanted != null && found != null && BirdMetrics.sameRows(wanted, found);
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("soft_f1", wanted == null || found == null ? 0 : BirdMetrics.softF1(wanted, found));
        if (repetitions > 0) {
            measures.put("r_ves", BirdMetrics.valid(BirdMetrics.reward(ratios(example, executor, right))));
        }
        return new ReportRow(
                example.id(),
                example.databaseId(),
                example.question(),
                example.gold(),
                example.prediction(),
                labels(example),
                Map.of(ScoreNames.EXECUTION_ACCURACY, right),
                measures,
                right ? List.of() : errors(example, predicted),
                gold.error().isEmpty() ? predicted.error() : "the gold query fails: " + gold.error(),
                wanted == null ? null : ResultExcerpt.of(wanted),
                found == null ? null : ResultExcerpt.of(found));
    }

    private double[] ratios(BirdExample example, SqlExecutor executor, boolean right) {
        double[] ratios = new double[right ? repetitions : 0];
        for (int i = 0; i < ratios.length; i++) {
            double predicted = seconds(executor, example.prediction());
            ratios[i] = seconds(executor, example.gold()) / predicted;
        }
        return ratios;
    }

    private static double seconds(SqlExecutor executor, String sql) {
        long start = System.nanoTime();
        executor.execute(sql);
        return Math.max(1, System.nanoTime() - start) / 1e9;
    }

    private static Map<String, String> labels(BirdExample example) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (!example.difficulty().isEmpty()) {
            labels.put("difficulty", example.difficulty());
        }
        labels.put(
                "category", QueryCategorizer.categorize(example.gold()).name().toLowerCase(Locale.ROOT));
        labels.put("database", example.databaseId());
        return labels;
    }

    private static List<ErrorKind> errors(BirdExample example, Run predicted) {
        SqlExecutionException.Kind failure = predicted.failure();
        if (example.prediction().isBlank()) {
            return List.of(ErrorKind.EMPTY);
        }
        return failure != null
                ? List.of(ErrorKind.of(failure))
                : List.copyOf(ErrorDiagnosis.differences(
                        OutlineParser.parse(example.gold(), null), OutlineParser.parse(example.prediction(), null)));
    }

    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(ScoreNames.EXECUTION_ACCURACY, "BIRD's EX: equal sets of rows, columns in order");
        rules.put("soft_f1", "BIRD mini-dev's Soft-F1, mean over questions, from 0 to 1");
        rules.put("r_ves", "BIRD mini-dev's R-VES, from 0 to 111.8; depends on the machine's quiet");
        return rules;
    }

    /** What came of one query. */
    private record Run(@Nullable QueryResult result, SqlExecutionException.@Nullable Kind failure, String error) {
        static Run of(SqlExecutor executor, String sql) {
            try {
                QueryResult result = executor.execute(sql);
                return result.truncated()
                        ? new Run(null, SqlExecutionException.Kind.TOO_LARGE, "the result is larger than the limits")
                        : new Run(result, null, "");
            } catch (SqlExecutionException e) {
                return new Run(null, e.kind(), String.valueOf(e.getMessage()));
            }
        }
    }
}
