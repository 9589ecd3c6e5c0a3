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
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.ExactMatch;
import org.sqltune.evaluation.metric.ExecutionAccuracy;
import org.sqltune.evaluation.metric.ExecutionOutcome;

/**
 * Has a predictor answer questions, and scores the answers against the gold SQL.
 *
 * <p>Examples whose database is missing are skipped: not predicted, not scored, but counted and named. Examples that name
 * no database are predicted and scored by exact match alone. {@link Metric#LOSS} is no concern of this class.
 */
public final class Evaluator {
    private static final Logger log = LoggerFactory.getLogger(Evaluator.class);

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
     * @param predictor what answers the questions; asked once, with all of them
     * @param progress told of the predictions; scoring them takes little beside
     * @throws SqlTuneException if the predictor's answers don't belong to the questions
     */
    public Evaluation evaluate(List<Example> examples, SqlPredictor predictor, ProgressListener progress) {
        SortedMap<String, Integer> missing = missingDatabases(examples);
        List<Example> present = examples.stream()
                .filter(example -> !missing.containsKey(example.databaseId()))
                .toList();
        List<SqlPrediction> predictions =
                predictor.predict(present.stream().map(Example::toQuestion).toList(), progress);
        return score(present, predictions, missing, ProgressListener.NONE);
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
        return score(examples, predictions, missingDatabases(examples), progress);
    }

    private Evaluation score(
            List<Example> examples,
            List<SqlPrediction> predictions,
            SortedMap<String, Integer> missing,
            ProgressListener progress) {
        requireSameIds(examples, predictions);
        missing.forEach((name, count) -> log.warn(
                "No database \"{}\" in {}: its {} examples are skipped",
                name,
                Objects.requireNonNull(databases).folder(),
                count));
        long start = System.nanoTime();
        List<ScoredPrediction> scored = new ArrayList<>();
        try (ExecutionAccuracy execution =
                databases == null ? null : new ExecutionAccuracy(databases, limits, distinct)) {
            for (int i = 0; i < examples.size(); i++) {
                if (!missing.containsKey(examples.get(i).databaseId())) {
                    scored.add(score(examples.get(i), predictions.get(i), execution));
                }
                progress.advanced(i + 1, examples.size(), "");
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Evaluation(new ReportBuilder(scored).build(metrics, distinct, missing, seconds), scored);
    }

    private ScoredPrediction score(Example example, SqlPrediction prediction, @Nullable ExecutionAccuracy execution) {
        QueryCategory category =
                example.category() == null ? QueryCategorizer.categorize(example.sql()) : example.category();
        Boolean exactMatch = metrics.contains(Metric.EXACT_MATCH)
                ? (Boolean) ExactMatch.matches(example.sql(), prediction.sql())
                : null;
        ExecutionOutcome outcome = execution == null || example.databaseId().isEmpty()
                ? null
                : execution.score(example.databaseId(), example.sql(), prediction.sql());
        return new ScoredPrediction(example, prediction, category, exactMatch, outcome);
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
