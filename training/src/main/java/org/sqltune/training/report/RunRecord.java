package org.sqltune.training.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.evaluation.report.ColumnDescriptor.Kind;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.training.ResumeChange;

/**
 * {@code run.json}: what a run was and what came of it. There, names are these components' in snake_case, and they stay:
 * new ones may come, and then {@code format} stays, too. What isn't known, or not yet, is null.
 *
 * @param format version of this form
 * @param status how the run stands
 * @param endReason why it ended: {@code all_steps}, {@code time_limit}, {@code early_stopping}, {@code interrupted}; null
 *     while it runs, and if it failed
 * @param error why it failed; null if it didn't
 * @param startedAt when this process began to train, ISO 8601 in UTC
 * @param updatedAt when this was written; with a status other than {@code running}, when the run ended
 * @param resumedAtStep steps that earlier processes had done; null if this one did all
 * @param changes what was not as in the checkpoint that it resumed from; null if this process began the run
 * @param config the configuration, every key
 * @param data what was trained on
 * @param versions versions of programs and libraries by name
 * @param machine what computed
 * @param model size of the model; null until training begins
 * @param training how far training came; null until its first step
 * @param best which step's weights are the result
 * @param scores scores of answered questions
 * @param warnings what the run warned of, notes on the data among it
 * @param peakMemoryBytes most memory this process has occupied so far (Linux: VmHWM), scoring included
 * @param wallSeconds since {@code startedAt}, scoring and saving included
 */
@JsonPropertyOrder({"format", "status", "end_reason", "error"})
public record RunRecord(
        int format,
        RunStatus status,
        @Nullable String endReason,
        @Nullable String error,
        String startedAt,
        String updatedAt,
        @Nullable Integer resumedAtStep,
        @Nullable List<ResumeChange> changes,
        JsonNode config,
        @Nullable DataRecord data,
        Map<String, String> versions,
        Machine machine,
        @Nullable ModelSize model,
        @Nullable Progress training,
        @Nullable Best best,
        List<SetScore> scores,
        List<String> warnings,
        @Nullable Long peakMemoryBytes,
        double wallSeconds) {
    static final int FORMAT = 1;

    /** The file's name in a run's folder. */
    public static final String FILE = "run.json";

    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * The model's size.
     *
     * @param allParameters elements of its weights
     * @param trainableParameters elements that are trained
     */
    public record ModelSize(long allParameters, long trainableParameters) {}

    /**
     * How far training came, counted over all processes of the run.
     *
     * @param steps optimizer steps done
     * @param totalSteps optimizer steps planned
     * @param epoch passes over the training set, as a fraction
     * @param examples examples seen
     * @param tokens tokens of those examples, prompts included, shared ones counted each time
     * @param seconds time of the steps, evaluation and saving left out
     * @param examplesPerSecond examples by those seconds
     * @param tokensPerSecond tokens by those seconds
     * @param loss mean cross-entropy of a target token in the last logged steps, in nats
     * @param evalLoss the last validation loss, in nats
     */
    public record Progress(
            int steps,
            int totalSteps,
            double epoch,
            long examples,
            long tokens,
            double seconds,
            double examplesPerSecond,
            double tokensPerSecond,
            @Nullable Double loss,
            @Nullable Double evalLoss) {}

    /**
     * The step whose weights are, or so far would be, the result.
     *
     * @param metric what it is best by, as in metrics.jsonl
     * @param value its value
     * @param step the step
     */
    public record Best(String metric, double value, int step) {}

    /**
     * One score of a set of questions. Before and after are null where nothing was scored, or not yet.
     *
     * @param set {@code validation} or {@code test}
     * @param metric the score's name as in report.json, such as {@code execution_accuracy}
     * @param questions how many were scored
     * @param before share that was right, or mean, before training
     * @param after the same after it
     */
    public record SetScore(
            String set,
            String metric,
            int questions,
            @Nullable Double before,
            @Nullable Double after) {
        /** The score's name for a reader. */
        String title() {
            return Columns.named(metric, Kind.SHARE).title();
        }
    }

    /** Writes {@value #FILE} into a run's folder. */
    void writeInto(Path folder) {
        AtomicFiles.write(folder.resolve(FILE), out -> {
            out.write(JSON.writeValueAsBytes(this));
            out.write('\n');
        });
    }
}
