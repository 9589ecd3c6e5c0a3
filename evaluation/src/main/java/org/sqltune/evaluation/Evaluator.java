package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.EvaluationSettings;
import org.sqltune.core.config.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.ExactMatch;
import org.sqltune.evaluation.metric.ExecutionAccuracy;
import org.sqltune.evaluation.metric.ExecutionAccuracy.Execution;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.ResultExcerpt;

/**
 * Has a predictor answer questions, and scores the answers against the gold SQL.
 *
 * <p>Examples whose database is missing are skipped: not predicted, not scored, but counted and named. Examples that name
 * no database are predicted and scored by exact match alone. {@link Metric#LOSS} is no concern of this class.
 */
public final class Evaluator {
    private static final Logger log = LoggerFactory.getLogger(Evaluator.class);

    /** How many answers a stopped evaluation may lose. */
    private static final int KEPT_TOGETHER = 8;

    private final Set<Metric> metrics;
    /** Null if nothing is to be executed. */
    private final @Nullable DatabaseFolder databases;

    private final QueryLimits limits;
    private final DistinctRule distinct;

    /**
     * @param metrics what to compute
     * @param databases where the databases are; null if there are none, then nothing is executed
     * @param limits what each query may use up
     * @param distinct what execution accuracy makes of DISTINCT
     */
    public Evaluator(
            Set<Metric> metrics, @Nullable DatabaseFolder databases, QueryLimits limits, DistinctRule distinct) {
        this.metrics = Set.copyOf(metrics);
        this.databases = metrics.contains(Metric.EXECUTION_ACCURACY) ? databases : null;
        this.limits = limits;
        this.distinct = distinct;
    }

    /**
     * An evaluator as a configuration wants it. Queries run as written, DISTINCT included.
     *
     * @param settings the section {@code evaluation}; its {@code max_samples} is for whoever picks the examples
     * @param databases the data set's databases, used if the settings name no other; null if it has none
     */
    public static Evaluator of(EvaluationSettings settings, @Nullable DatabaseFolder databases) {
        Set<Metric> metrics = EnumSet.noneOf(Metric.class);
        metrics.addAll(settings.metrics());
        DatabaseFolder chosen =
                settings.databasePath() == null ? databases : new DatabaseFolder(settings.databasePath());
        QueryLimits limits = QueryLimits.DEFAULTS.with(settings.timeoutSeconds(), settings.maxRows());
        return new Evaluator(metrics, chosen, limits, DistinctRule.KEPT);
    }

    /**
     * Predicts and scores.
     *
     * @param examples questions with gold SQL
     * @param predictor what answers the questions; asked for those of one schema together
     * @param progress told of the predictions, with the accuracy so far
     * @throws SqlTuneException if the predictor's answers don't belong to the questions
     */
    public Evaluation evaluate(List<Example> examples, SqlPredictor predictor, ProgressListener progress) {
        return evaluate(examples, predictor, progress, null);
    }

    /**
     * As {@link #evaluate(List, SqlPredictor, ProgressListener)}, keeping answers as they come.
     *
     * @param journal has the answers of an evaluation that was stopped, and gets the others; null to keep none
     */
    public Evaluation evaluate(
            List<Example> examples,
            SqlPredictor predictor,
            ProgressListener progress,
            @Nullable AnswerJournal journal) {
        SortedMap<String, Integer> missing = missingDatabases(examples);
        warnOf(missing);
        List<Example> present = examples.stream()
                .filter(example -> !missing.containsKey(example.databaseId()))
                .toList();
        try (Scoring scoring = new Scoring(present)) {
            int largest = journal == null ? Integer.MAX_VALUE : KEPT_TOGETHER;
            for (List<Integer> chunk : QuestionChunks.of(present, Math.min(largest, Math.max(1, present.size())))) {
                scoring.add(chunk, answers(present, chunk, predictor, scoring.watching(progress), journal));
                progress.advanced(scoring.done(), present.size(), scoring.accuracy());
            }
            return scoring.evaluation(missing);
        }
    }

    private static List<SqlPrediction> answers(
            List<Example> examples,
            List<Integer> chunk,
            SqlPredictor predictor,
            ProgressListener progress,
            @Nullable AnswerJournal journal) {
        SqlPrediction[] answers = new SqlPrediction[chunk.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            SqlPrediction known = journal == null
                    ? null
                    : journal.answer(examples.get(chunk.get(i)).id());
            if (known == null) {
                open.add(i);
            } else {
                answers[i] = known;
            }
        }
        if (!open.isEmpty()) {
            List<SqlPrediction> found = predictor.predict(
                    open.stream()
                            .map(place -> examples.get(chunk.get(place)).toQuestion())
                            .toList(),
                    progress);
            requireSameIds(
                    open.stream().map(place -> examples.get(chunk.get(place))).toList(), found);
            if (journal != null) {
                journal.add(found);
            }
            for (int i = 0; i < open.size(); i++) {
                answers[open.get(i)] = found.get(i);
            }
        }
        return List.of(answers);
    }

    /**
     * Scores predictions that are already there.
     *
     * @param examples questions with gold SQL
     * @param predictions one an example, in the same order, with the same ids
     * @param progress told after each
     * @throws SqlTuneException if the predictions don't belong to the examples
     */
    public Evaluation score(List<Example> examples, List<SqlPrediction> predictions, ProgressListener progress) {
        requireSameIds(examples, predictions);
        SortedMap<String, Integer> missing = missingDatabases(examples);
        warnOf(missing);
        try (Scoring scoring = new Scoring(examples)) {
            for (int i = 0; i < examples.size(); i++) {
                if (!missing.containsKey(examples.get(i).databaseId())) {
                    scoring.add(List.of(i), List.of(predictions.get(i)));
                }
                progress.advanced(i + 1, examples.size(), "");
            }
            return scoring.evaluation(missing);
        }
    }

    private void warnOf(SortedMap<String, Integer> missing) {
        missing.forEach((name, count) -> log.warn(
                "No database \"{}\" in {}: its {} examples are skipped",
                name,
                Objects.requireNonNull(databases).folder(),
                count));
    }

    /** Scores answers as they come. */
    private final class Scoring implements AutoCloseable {
        private final List<Example> examples;
        private final @Nullable ScoredPrediction[] scored;
        private final @Nullable ExecutionAccuracy execution;
        private long nanos;
        private int done;
        private int right;
        private int decided;

        Scoring(List<Example> examples) {
            this.examples = examples;
            this.scored = new ScoredPrediction[examples.size()];
            this.execution = databases == null ? null : new ExecutionAccuracy(databases, limits, distinct);
        }

        void add(List<Integer> places, List<SqlPrediction> predictions) {
            long start = System.nanoTime();
            for (int i = 0; i < places.size(); i++) {
                ScoredPrediction one = score(examples.get(places.get(i)), predictions.get(i), execution);
                scored[places.get(i)] = one;
                Boolean verdict = execution == null ? one.exactMatch() : one.executionMatch();
                decided += verdict == null ? 0 : 1;
                right += Boolean.TRUE.equals(verdict) ? 1 : 0;
            }
            done += places.size();
            nanos += System.nanoTime() - start;
        }

        int done() {
            return done;
        }

        /** The accuracy so far, for a progress display; empty as long as there is none. */
        String accuracy() {
            return decided == 0 ? "" : new Score(right, decided).percent() + " right";
        }

        /** Progress of one chunk as progress of all. */
        ProgressListener watching(ProgressListener progress) {
            int before = done;
            String accuracy = accuracy();
            return (more, ofChunk, message) -> progress.advanced(before + more, examples.size(), accuracy);
        }

        Evaluation evaluation(SortedMap<String, Integer> missing) {
            List<ScoredPrediction> all = Stream.of(scored)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
            return new Evaluation(new ReportBuilder(all).build(metrics, distinct, missing, nanos / 1e9), all);
        }

        @Override
        public void close() {
            if (execution != null) {
                execution.close();
            }
        }
    }

    private ScoredPrediction score(Example example, SqlPrediction prediction, @Nullable ExecutionAccuracy execution) {
        QueryCategory category =
                example.category() == null ? QueryCategorizer.categorize(example.sql()) : example.category();
        Boolean exactMatch = metrics.contains(Metric.EXACT_MATCH)
                ? (Boolean) ExactMatch.matches(example.sql(), prediction.sql())
                : null;
        if (execution == null || example.databaseId().isEmpty()) {
            return new ScoredPrediction(example, prediction, category, exactMatch, null, null, null);
        }
        Execution run = execution.execute(example.databaseId(), example.sql(), prediction.sql());
        return new ScoredPrediction(
                example,
                prediction,
                category,
                exactMatch,
                run.outcome(),
                excerpt(run.gold()),
                excerpt(run.predicted()));
    }

    private static @Nullable ResultExcerpt excerpt(@Nullable QueryResult result) {
        return result == null ? null : ResultExcerpt.of(result);
    }

    /** The databases that are named but not there, each with the number of its examples. */
    private SortedMap<String, Integer> missingDatabases(List<Example> examples) {
        SortedMap<String, Integer> missing = new TreeMap<>();
        if (databases == null) {
            return missing;
        }
        DatabaseFolder folder = databases;
        Map<String, Boolean> present = new HashMap<>();
        present.put("", true);
        for (Example example : examples) {
            String name = example.databaseId();
            if (!present.computeIfAbsent(name, id -> folder.locate(id).isPresent())) {
                missing.merge(name, 1, Integer::sum);
            }
        }
        return missing;
    }

    private static void requireSameIds(List<Example> examples, List<SqlPrediction> predictions) {
        if (predictions.size() != examples.size()) {
            throw new SqlTuneException(predictions.size() + " predictions for " + examples.size()
                    + " examples; there must be one for each, in the same order");
        }
        for (int i = 0; i < examples.size(); i++) {
            String expected = examples.get(i).id();
            String found = predictions.get(i).id();
            if (!found.equals(expected)) {
                throw new SqlTuneException("Prediction " + (i + 1) + " has the id \"" + found
                        + "\", but its example has \"" + expected + "\"; bring them into the same order");
            }
        }
    }
}
