package org.sqltune.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.core.config.settings.SelectionSettings.BestMetric;
import org.sqltune.core.text.Secrets;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.report.TitleBlock;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.ResumeChange;
import org.sqltune.training.RunInterruptedException;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingResult;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.batch.PreparedData;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.checkpoint.ResumeRefusedException;
import org.sqltune.training.report.RunRecord.Best;
import org.sqltune.training.report.RunRecord.ModelSize;
import org.sqltune.training.report.RunRecord.Progress;

/**
 * Writes {@code run.json} and {@code run.html} into a run's folder when training begins, at every checkpoint and at the
 * end. A folder that takes no files costs a warning, not the run.
 */
public final class RunReport implements TrainingListener {
    /** The page's name in a run's folder. */
    public static final String PAGE = RunPage.FILE;

    private static final Logger log = LoggerFactory.getLogger(RunReport.class);

    private final RunConfig config;
    private final Map<String, String> versions;
    private final Clock clock;
    private final Instant started;
    private final Map<String, EvaluationPair> evaluations = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable PreparedData prepared;
    private @Nullable DataRecord data;
    private @Nullable ModelSize model;
    private @Nullable StepMetrics lastStep;
    private @Nullable Best chosen;
    private int totalSteps;
    private int stepsBefore;
    private @Nullable List<ResumeChange> changes;
    private boolean unwritable;

    /**
     * @param config the run's configuration
     * @param versions versions of programs and libraries by name
     */
    public RunReport(RunConfig config, Map<String, String> versions) {
        this(config, versions, Clock.systemUTC());
    }

    RunReport(RunConfig config, Map<String, String> versions, Clock clock) {
        this.config = config;
        this.versions = new LinkedHashMap<>(versions);
        this.versions.put("java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        this.clock = clock;
        this.started = clock.instant();
    }

    /** The head of whatever tells of a run. */
    public static TitleBlock title(RunConfig config, Instant started) {
        return title(RunConfigWriter.toTree(config), config.training().outputDir(), started.toString());
    }

    static TitleBlock title(JsonNode config, Path folder, String started) {
        JsonNode data = config.path("data");
        String file = Stream.of("path", "train_file")
                .map(data::path)
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(each -> ", " + each.asText())
                .orElse("");
        return new TitleBlock(
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                config.path("model").path("name").asText() + " with "
                        + config.path("training").path("method").asText(),
                data.path("dataset").asText() + file,
                TitleBlock.date(started));
    }

    @Override
    public void resuming(int step, List<ResumeChange> changed) {
        changes = List.copyOf(changed);
    }

    @Override
    public void prepared(PreparedData now) {
        prepared = now;
        data = DataRecord.of(config.data(), now);
    }

    @Override
    public void started(int stepsDone, int steps, long trainableParameters, long allParameters) {
        stepsBefore = stepsDone;
        totalSteps = steps;
        model = new ModelSize(allParameters, trainableParameters);
        write(RunStatus.RUNNING, null, null);
    }

    @Override
    public void stepped(StepMetrics metrics, int steps) {
        lastStep = metrics;
    }

    @Override
    public void saved(Path checkpoint) {
        write(RunStatus.RUNNING, null, null);
    }

    @Override
    public void scored(String set, String when, Evaluation evaluation) {
        EvaluationPair pair = evaluations.getOrDefault(set, EvaluationPair.NONE);
        evaluations.put(set, when.equals("before") ? pair.withBefore(evaluation) : pair.withAfter(evaluation));
    }

    @Override
    public void warned(String message) {
        warnings.add(Secrets.masked(message));
    }

    @Override
    public void finished(PipelineResult result) {
        TrainingResult training = result.training();
        Double metric = training.bestMetric();
        if (metric != null) {
            chosen = new Best(metricName(), metric, training.bestStep());
        }
        boolean cutOff = training.end() == EndReason.TIME_LIMIT;
        write(cutOff ? RunStatus.STOPPED : RunStatus.FINISHED, lowerCase(training.end()), null);
    }

    @Override
    public void failed(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof ResumeRefusedException refused) {
            // The folder is that of another run: its record stays.
            writing(() -> RefusedResume.addTo(config.training().outputDir(), refused, clock.instant()));
        } else if (failure instanceof RunInterruptedException) {
            write(RunStatus.STOPPED, "interrupted", null);
        } else {
            boolean told = failure instanceof SqlTuneException && message != null;
            write(RunStatus.FAILED, null, told ? message : Secrets.masked(failure.toString()));
        }
    }

    /** As metrics.jsonl calls what the result is chosen by. */
    private String metricName() {
        BestMetric metric = config.training().selection().metricForBestModel();
        return metric == BestMetric.EVAL_LOSS ? "eval_loss" : "eval_" + lowerCase(metric);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void write(RunStatus status, @Nullable String end, @Nullable String error) {
        Path folder = config.training().outputDir();
        writing(() -> {
            RunHistory history = new RunHistory(MetricsLog.read(folder.resolve(MetricsLog.NAME)));
            RunRecord written = summary(status, end, error, history);
            written.writeInto(folder);
            new RunPage(written, history, evaluations, folder).write();
        });
    }

    private void writing(Runnable files) {
        try {
            files.run();
        } catch (SqlTuneException e) {
            if (!unwritable) {
                unwritable = true;
                log.warn("The run's summary isn't written: {}", e.getMessage());
            }
        }
    }

    private RunRecord summary(RunStatus status, @Nullable String end, @Nullable String error, RunHistory history) {
        Instant now = clock.instant();
        ObjectNode settings = RunConfigWriter.toTree(config);
        return new RunRecord(
                RunRecord.FORMAT,
                status,
                end,
                error,
                started.toString(),
                now.toString(),
                stepsBefore > 0 ? stepsBefore : null,
                changes,
                settings,
                data,
                versions,
                Machine.probe(prepared),
                model,
                progress(history),
                chosen != null ? chosen : history.best(metricName()),
                EvaluationPair.scores(evaluations),
                warnings,
                Machine.peakMemoryBytes(),
                Duration.between(started, now).toMillis() / 1e3);
    }

    /** From the last step, or, where this process has done none, from the last line of the log. */
    private @Nullable Progress progress(RunHistory history) {
        StepMetrics last = lastStep == null ? history.lastStep() : lastStep;
        if (last == null) {
            return null;
        }
        return new Progress(
                last.step(),
                totalSteps,
                last.epoch(),
                last.examples(),
                last.numTokens(),
                last.seconds(),
                last.seconds() > 0 ? last.examples() / last.seconds() : 0,
                last.seconds() > 0 ? last.numTokens() / last.seconds() : 0,
                history.last("loss"),
                history.last("eval_loss"));
    }
}
