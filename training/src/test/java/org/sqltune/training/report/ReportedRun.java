package org.sqltune.training.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.split.Splits;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.model.torch.ElementType;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.TrainingResult;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.batch.ExampleTokenizer;
import org.sqltune.training.batch.PreparedData;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.batch.Truncation;

/** Tells a report of a run of two steps whose data is hostile. */
final class ReportedRun {
    private static final String HOSTILE = "<script>alert(1)</script>\u0007";

    private final Path output;
    private final RunReport report;

    ReportedRun(Path output, Path rows) {
        this.output = output;
        RunConfig config = new RunConfigLoader(path -> true)
                .load("test", "", List.of("training.output_dir=" + output, "data.train_file=" + rows));
        this.report = new RunReport(config, Map.of("sqltune", "1.2.3"));
    }

    RunReport report() {
        return report;
    }

    /** To the end of the first or the second step. */
    void toStep(int steps) {
        report.prepared(data());
        report.warned("mind the gap");
        report.scored("test", "before", evaluation("<img src=x onerror=alert(2)>", HOSTILE));
        report.started(0, 2, 10, 100);
        report.stepped(new StepMetrics(1, 0.5, 1.0, 2.0, 1e-3, 4, 100, 0.5, 0), 2);
        log("{\"step\": 1, \"epoch\": 0.5, \"loss\": 1.0, \"grad_norm\": 2.0, \"learning_rate\": 0.001}");
        log("{\"step\": 1, \"epoch\": 0.5, \"eval_loss\": 0.625}");
        if (steps > 1) {
            report.stepped(new StepMetrics(2, 1, 0.5, 2.0, 5e-4, 8, 200, 1.0, 0), 2);
            log("{\"step\": 2, \"epoch\": 1.0, \"loss\": 0.5, \"grad_norm\": 1.0, \"learning_rate\": 0.0005,"
                    + " \"examples\": 8, \"num_tokens\": 200, \"seconds\": 1.0}");
            log("{\"step\": 2, \"epoch\": 1.0, \"eval_loss\": 0.75}");
        }
    }

    void toTheEnd() {
        toStep(2);
        end();
    }

    void resumeAtTheEnd() {
        report.prepared(data());
        report.started(2, 2, 10, 100);
        end();
    }

    void startAndFail() {
        report.started(0, 2, 10, 100);
        report.failed(new IllegalStateException("no folder"));
    }

    private void end() {
        report.scored("test", "after", evaluation("SELECT 1", HOSTILE));
        TrainingResult result = new TrainingResult(
                2,
                EndReason.ALL_STEPS,
                0,
                0.5,
                0.625,
                0.625,
                1,
                8,
                1.0,
                10,
                100,
                output.resolve("final_model"),
                output.resolve("loss.png"));
        report.finished(new PipelineResult(result, null, List.of(), List.of()));
    }

    private static PreparedData data() {
        Splits<PromptCompletion> prompts = new Splits<>(
                List.of(new PromptCompletion("1", "p1", "SELECT 1"), new PromptCompletion("2", "p2", "SELECT 2")),
                List.of(),
                List.of(),
                List.of());
        ExampleTokenizer.Result tokens = new ExampleTokenizer.Result(
                List.of(
                        new TokenizedExample("1", new long[] {1, 2}, new long[] {3, 4}),
                        new TokenizedExample("2", new long[] {1, 2, 5}, new long[] {3, 4})),
                new Truncation(2, 5, 1, 3, 3, 0, 8));
        return new PreparedData(
                prompts,
                tokens,
                ExampleTokenizer.Result.EMPTY,
                DeviceChoice.CPU,
                ElementType.FLOAT32,
                List.of(HOSTILE));
    }

    /** Two questions without databases, answered so. */
    private static Evaluation evaluation(String... answers) {
        List<Example> examples = List.of(
                new Example("1", "", "One?" + HOSTILE, new VerbatimSchema("t"), "SELECT 1"),
                new Example("2", "", "Two?", new VerbatimSchema("t"), "SELECT 2"));
        return new Evaluator(EnumSet.of(Metric.EXACT_MATCH), null, QueryLimits.DEFAULTS, DistinctRule.KEPT)
                .evaluate(
                        examples,
                        (questions, progress) -> List.of(
                                new SqlPrediction("1", answers[0], 1, 0.1), new SqlPrediction("2", answers[1], 1, 0.1)),
                        ProgressListener.NONE);
    }

    private void log(String line) {
        try {
            Files.createDirectories(output);
            Files.writeString(
                    output.resolve("metrics.jsonl"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
