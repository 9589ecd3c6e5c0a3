package org.sqltune.evaluation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.ExecutionAccuracy;

/**
 * Asks a predictor questions and scores its answers against the gold SQL, several at a time.
 *
 * <p>Examples whose database is missing are skipped: neither predicted nor scored, but counted and named. Examples
 * that name no database, where there isn't one for all, are scored by exact match only. This class ignores {@link
 * Metric#LOSS}.
 *
 * <p>Every evaluation uses this class, whether a model answers or a file has the predictions: SqlTune's own scores
 * come first, then the official ones of benchmarks, and one report shows both.
 */
public final class Evaluator {
    private final Set<Metric> metrics;
    /** Null if no query is executed. */
    private final @Nullable QueryDatabases databases;

    private final QueryLimits limits;
    private final DistinctRule distinct;
    private final int workers;
    private final List<BenchmarkScorer> official;

    /**
     * Creates an evaluator that uses all cores, without official scores.
     *
     * @param metrics the metrics to compute; an empty set leaves SqlTune's own scores out
     * @param databases the databases; null to execute no queries
     * @param limits the limits of each query
     * @param distinct how execution accuracy treats DISTINCT
     */
    public Evaluator(
            Set<Metric> metrics, @Nullable QueryDatabases databases, QueryLimits limits, DistinctRule distinct) {
        this(metrics, databases, limits, distinct, ScoringThreads.perCore());
    }

    /**
     * Returns this evaluator with official scorers added.
     *
     * @param scorers in the order in which reports show their scores
     */
    public Evaluator with(List<BenchmarkScorer> scorers) {
        return new Evaluator(metrics, databases, limits, distinct, workers, scorers);
    }

    /** @param workers how many answers are scored at once; affects only the time */
    Evaluator(
            Set<Metric> metrics,
            @Nullable QueryDatabases databases,
            QueryLimits limits,
            DistinctRule distinct,
            int workers) {
        this(metrics, databases, limits, distinct, workers, List.of());
    }

    private Evaluator(
            Set<Metric> metrics,
            @Nullable QueryDatabases databases,
            QueryLimits limits,
            DistinctRule distinct,
            int workers,
            List<BenchmarkScorer> official) {
        this.metrics = Set.copyOf(metrics);
        this.databases = metrics.contains(Metric.EXECUTION_ACCURACY) ? databases : null;
        this.limits = limits;
        this.distinct = distinct;
        this.workers = workers;
        this.official = List.copyOf(official);
    }

    /**
     * Returns an evaluator for a configuration. Queries run as written, DISTINCT included.
     *
     * @param settings the section {@code evaluation}; the caller applies its {@code max_samples}
     * @param databases the data set's databases, used unless the settings name others; null if there are none
     * @throws SqlTuneException if the metrics need queries to run and {@link QueryDatabases#check} fails
     */
    public static Evaluator of(EvaluationSettings settings, @Nullable QueryDatabases databases) {
        Set<Metric> metrics = EnumSet.noneOf(Metric.class);
        metrics.addAll(settings.metrics());
        QueryDatabases chosen = databases(settings, databases);
        if (chosen != null && metrics.contains(Metric.EXECUTION_ACCURACY)) {
            chosen.check();
        }
        return new Evaluator(metrics, chosen, limits(settings), DistinctRule.KEPT);
    }

    /** The databases on which queries run: those that the settings name, else {@code databases}. */
    public static @Nullable QueryDatabases databases(EvaluationSettings settings, @Nullable QueryDatabases databases) {
        return settings.databasePath() == null
                ? databases
                : new SqliteDatabases(new DatabaseFolder(settings.databasePath()));
    }

    /** What each query may use up. */
    public static QueryLimits limits(EvaluationSettings settings) {
        return QueryLimits.DEFAULTS.with(settings.timeoutSeconds(), settings.maxRows());
    }

    /**
     * Predicts the answers and scores them.
     *
     * @param examples questions with gold SQL
     * @param predictor answers the questions; those of one schema follow each other
     * @param progress receives the number of scored answers, with the accuracy so far, from any thread
     * @throws SqlTuneException if the predictor's answers don't belong to the questions
     */
    public Evaluation evaluate(List<Example> examples, SqlPredictor predictor, ProgressListener progress) {
        return evaluate(examples, predictor, progress, null);
    }

    /**
     * Like {@link #evaluate(List, SqlPredictor, ProgressListener)}, and keeps answers as they come.
     *
     * @param journal has the answers of a stopped evaluation and receives new ones; null to keep none
     */
    public Evaluation evaluate(
            List<Example> examples,
            SqlPredictor predictor,
            ProgressListener progress,
            @Nullable AnswerJournal journal) {
        SortedMap<String, Integer> missing = MissingDatabases.of(examples, databases);
        List<Example> present = examples.stream()
                .filter(example -> !missing.containsKey(example.databaseId()))
                .toList();
        JournaledAnswers answers = new JournaledAnswers(predictor, journal);
        return scored(present, present.size(), missing, progress, scores -> answers.to(present, scores::begin));
    }

    /**
     * Scores existing predictions. Those on missing databases are left out, unless a benchmark can score them.
     *
     * @param examples questions with gold SQL
     * @param predictions one per example, in the same order, with the same ids
     * @param progress notified after each prediction
     * @throws SqlTuneException if the predictions don't belong to the examples
     */
    public Evaluation score(List<Example> examples, List<SqlPrediction> predictions, ProgressListener progress) {
        JournaledAnswers.requireSameIds(examples, predictions);
        boolean all = official.stream().anyMatch(BenchmarkScorer::scoresWithoutDatabase);
        SortedMap<String, Integer> missing = all ? new TreeMap<>() : MissingDatabases.of(examples, databases);
        List<Integer> places = IntStream.range(0, examples.size())
                .filter(i -> !missing.containsKey(examples.get(i).databaseId()))
                .boxed()
                .toList();
        return scored(
                examples,
                places.size(),
                missing,
                progress,
                scores -> places.forEach(place -> scores.begin(place, predictions.get(place))));
    }

    /** Queries of answers run while the next questions are answered. */
    private Evaluation scored(
            List<Example> examples,
            int answered,
            SortedMap<String, Integer> missing,
            ProgressListener progress,
            Consumer<RunningScores> answering) {
        // A process takes most of a second of a core to start: own and official scorers run their queries in the same
        // ones.
        try (SqliteWorkers sqlite = new SqliteWorkers(workers);
                ExecutionAccuracy execution = execution(sqlite);
                ScoringThreads threads = new ScoringThreads(workers)) {
            PredictionScorer scorer = new PredictionScorer(metrics, execution);
            RunningScores scores = new RunningScores(examples, answered, scorer, threads, progress);
            answering.accept(scores);
            scores.await();
            List<ScoredPrediction> all = scores.all();
            // The official scorers mostly wait for their workers: both kinds of scores are computed at once.
            CompletableFuture<BenchmarkScores> own =
                    CompletableFuture.supplyAsync(() -> new OwnScorer(metrics, distinct).score(all, progress));
            List<BenchmarkScores> others = official.stream()
                    .map(each -> each.score(all, progress, sqlite))
                    .toList();
            return new Evaluation(
                    new ReportBuilder(all).build(metrics, distinct, missing, scores.seconds()),
                    all,
                    own.join(),
                    others);
        }
    }

    private @Nullable ExecutionAccuracy execution(SqliteWorkers sqlite) {
        if (databases == null) {
            return null;
        }
        QueryDatabases running = databases instanceof SqliteDatabases files ? files.in(sqlite) : databases;
        return new ExecutionAccuracy(running, limits, distinct, workers);
    }
}
