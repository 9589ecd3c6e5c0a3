package org.sqltune.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.training.checkpoint.TrainerState.EvaluationHistory;
import org.sqltune.training.checkpoint.TrainerState.LossWindow;
import org.sqltune.training.checkpoint.TrainerState.SkippedSteps;

/** Reads and writes a checkpoint's {@code trainer_state.json}: the Hugging Face Trainer's keys and additional ones. */
final class TrainerStateFile {
    static final String NAME = "trainer_state.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;

    /** @param checkpoint the checkpoint's folder */
    TrainerStateFile(Path checkpoint) {
        this.file = checkpoint.resolve(NAME);
    }

    /**
     * Writes a state.
     *
     * @param bestCheckpoint the checkpoint with the best metric; null if there is none
     * @param logHistory the lines of metrics.jsonl
     */
    void write(TrainerState state, RunPlan plan, @Nullable Path bestCheckpoint, List<ObjectNode> logHistory)
            throws IOException {
        EvaluationHistory evaluations = state.evaluations();
        SkippedSteps skipped = state.skipped();
        ObjectNode json = JSON.createObjectNode();
        json.put("global_step", state.globalStep());
        json.put("epoch", plan.epoch(state));
        json.put("max_steps", plan.schedule().totalSteps());
        json.put("num_train_epochs", Math.ceil((double) plan.schedule().totalSteps() / plan.stepsPerEpoch()));
        json.put("best_metric", evaluations.bestMetric());
        json.put("best_global_step", evaluations.bestStep());
        json.put("best_model_checkpoint", bestCheckpoint == null ? null : bestCheckpoint.toString());
        json.put("best_eval_loss", evaluations.bestLoss());
        json.put("last_eval_step", evaluations.lastStep());
        json.put("last_eval_loss", evaluations.lastLoss());
        json.put("early_stopping_patience_counter", evaluations.sinceBest());
        json.put("examples_seen", state.examples());
        json.put("num_input_tokens_seen", state.numTokens());
        json.put("train_seconds", state.seconds());
        json.putObject("unlogged_loss")
                .put("sum", state.window().lossSum())
                .put("target_tokens", state.window().targets());
        json.putObject("skipped_steps")
                .put("total", skipped.total())
                .put("in_a_row", skipped.inARow())
                .put("usual_loss", skipped.usualLoss())
                .put("usual_loss_steps", skipped.counted());
        json.set("log_history", JSON.valueToTree(logHistory));
        JSON.writeValue(file.toFile(), json);
    }

    TrainerState read() {
        JsonNode json = tree();
        if (!json.path("global_step").isIntegralNumber()) {
            throw new SqlTuneException("Can't read " + file + ": it has no global_step");
        }
        return new TrainerState(
                json.path("global_step").asInt(),
                json.path("examples_seen").asLong(),
                json.path("num_input_tokens_seen").asLong(),
                json.path("train_seconds").asDouble(),
                new LossWindow(
                        json.path("unlogged_loss").path("sum").asDouble(),
                        json.path("unlogged_loss").path("target_tokens").asLong()),
                evaluations(json),
                skipped(json.path("skipped_steps")));
    }

    private static EvaluationHistory evaluations(JsonNode json) {
        Double bestMetric = number(json.path("best_metric"));
        JsonNode bestStep = json.path("best_global_step");
        return new EvaluationHistory(
                // A file without this key was written after its evaluation had finished.
                json.path("last_eval_step").asInt(json.path("global_step").asInt()),
                number(json.path("last_eval_loss")),
                bestMetric,
                json.has("best_eval_loss") ? number(json.path("best_eval_loss")) : bestMetric,
                bestStep.isNumber() ? (Integer) bestStep.asInt() : null,
                json.path("early_stopping_patience_counter").asInt());
    }

    private static SkippedSteps skipped(JsonNode json) {
        return new SkippedSteps(
                json.path("total").asInt(),
                json.path("in_a_row").asInt(),
                json.path("usual_loss").asDouble(),
                json.path("usual_loss_steps").asInt());
    }

    private static @Nullable Double number(JsonNode value) {
        return value.isNumber() ? (Double) value.asDouble() : null;
    }

    /** Returns the lines that metrics.jsonl had when the checkpoint was written. */
    List<ObjectNode> logHistory() {
        List<ObjectNode> lines = new ArrayList<>();
        for (JsonNode line : tree().path("log_history")) {
            if (line instanceof ObjectNode object) {
                lines.add(object);
            }
        }
        return lines;
    }

    private JsonNode tree() {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e), e);
        }
    }
}
