package org.sqltune.training.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.config.settings.SelectionSettings;
import org.sqltune.core.config.settings.SelectionSettings.BestMetric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.split.Splits;
import org.sqltune.evaluation.EvaluationReport;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.training.AnswerScorer;
import org.sqltune.training.AnswerScorer.AnswerScores;

/** A fixed sample of validation questions. The scores of their answers at each evaluation compare checkpoints. */
final class AnswerSample implements AnswerScorer {
    private final List<Example> questions;
    private final Evaluator evaluator;
    private final SqlPredictor predictor;

    private AnswerSample(List<Example> questions, Evaluator evaluator, SqlPredictor predictor) {
        this.questions = questions;
        this.evaluator = evaluator;
        this.predictor = predictor;
    }

    /**
     * Returns the configured scorer; {@link AnswerScorer#NONE} if checkpoints are compared by validation loss.
     *
     * @throws ConfigException if the configured metric needs questions or databases that the data lacks
     */
    static AnswerScorer of(RunConfig config, TrainingPipeline.RunData data, SqlPredictor predictor) {
        SelectionSettings selection = config.training().selection();
        if (selection.metricForBestModel() == BestMetric.EVAL_LOSS) {
            return AnswerScorer.NONE;
        }
        List<Example> sample = sample(
                questions(config, data),
                selection.metricSampleSize(),
                config.training().seed());
        Evaluator evaluator = Evaluator.of(bothMetrics(config.evaluation()), data.databases());
        return new AnswerSample(sample, evaluator, predictor);
    }

    /**
     * Whether the data has what {@link #of} needs.
     *
     * @throws ConfigException if not
     */
    static void check(RunConfig config, TrainingPipeline.RunData data) {
        if (config.training().selection().metricForBestModel() != BestMetric.EVAL_LOSS) {
            questions(config, data);
        }
    }

    private static List<Example> questions(RunConfig config, TrainingPipeline.RunData data) {
        BestMetric metric = config.training().selection().metricForBestModel();
        Splits<Example> splits = data.questions();
        if (splits == null || splits.validation().isEmpty()) {
            throw fault(
                    metric,
                    "needs a validation set of questions with schemas and SQL, which this data"
                            + " hasn't: choose eval_loss, or set data.validation_file or data.validation_split");
        }
        if (metric == BestMetric.EXECUTION_ACCURACY
                && data.databases() == null
                && config.evaluation().databasePath() == null) {
            throw fault(
                    metric,
                    "needs databases to run SQL on: set data.database or evaluation.database_path, or choose exact_match");
        }
        return splits.validation();
    }

    private static ConfigException fault(BestMetric metric, String problem) {
        String value = metric.name().toLowerCase(Locale.ROOT);
        return new ConfigException("training.metric_for_best_model", List.of(value + " " + problem));
    }

    private static EvaluationSettings bothMetrics(EvaluationSettings settings) {
        return settings.withMetrics(List.of(Metric.EXACT_MATCH, Metric.EXECUTION_ACCURACY))
                .withMaxSamples(null);
    }

    /** Draws a random sample in the set's order, so that questions of one database stay together. */
    private static List<Example> sample(List<Example> all, int size, long seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order.subList(0, Math.min(size, order.size())).stream()
                .sorted()
                .map(all::get)
                .toList();
    }

    @Override
    public AnswerScores score(ProgressListener progress) {
        EvaluationReport report =
                evaluator.evaluate(questions, predictor, progress).report();
        return new AnswerScores(
                report.overall().exactMatch().accuracy(),
                report.overall().execution().accuracy());
    }
}
