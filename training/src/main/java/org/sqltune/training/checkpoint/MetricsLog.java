package org.sqltune.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.TrainingListener;

/** {@code metrics.jsonl}: one JSON object a line, appended as the run goes. */
public final class MetricsLog {
    /** The file's name in a run's folder. */
    public static final String NAME = "metrics.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final TrainingListener listener;

    /**
     * Opens the log for a run that goes on from a checkpoint. The file may have lines of later steps, which are about to be
     * done again, or lack some that the system hadn't written yet when it crashed.
     *
     * @param history the lines at that checkpoint; none for a new run
     * @param listener told of each new line
     */
    public MetricsLog(Path file, List<ObjectNode> history, TrainingListener listener) {
        this.file = file;
        this.listener = listener;
        StringBuilder text = new StringBuilder();
        history.forEach(line -> text.append(line).append('\n'));
        AtomicFiles.writeString(file, text.toString());
    }

    public void step(StepMetrics metrics) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", metrics.step());
        line.put("epoch", metrics.epoch());
        putFinite(line, "loss", metrics.loss());
        putFinite(line, "grad_norm", metrics.gradNorm());
        line.put("learning_rate", metrics.learningRate());
        line.put("examples", metrics.examples());
        line.put("num_tokens", metrics.numTokens());
        line.put("seconds", metrics.seconds());
        if (metrics.skippedSteps() > 0) {
            line.put("skipped_steps", metrics.skippedSteps());
        }
        append(line);
    }

    /** JSON has no NaN: a loss that isn't known, since every step was skipped, is null. */
    private static void putFinite(ObjectNode line, String key, double value) {
        line.put(key, Double.isFinite(value) ? (Double) value : null);
    }

    public void evaluation(EvaluationMetrics metrics) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", metrics.step());
        line.put("epoch", metrics.epoch());
        putFinite(line, "eval_loss", metrics.loss());
        line.put("eval_mean_token_accuracy", metrics.tokenAccuracy());
        metrics.answers().exactMatch().ifPresent(score -> line.put("eval_exact_match", score));
        metrics.answers().executionAccuracy().ifPresent(score -> line.put("eval_execution_accuracy", score));
        append(line);
    }

    /** The loss of the last step that was logged; NaN before the first. */
    public double lastLoss() {
        double last = Double.NaN;
        for (ObjectNode line : read(file)) {
            last = line.path("loss").isNumber() ? line.path("loss").asDouble() : last;
        }
        return last;
    }

    private void append(ObjectNode line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new SqlTuneException("Can't write " + file + ": " + e + ". Check that the disk has room", e);
        }
        listener.logged(line.path("step").asInt(), numbers(line));
    }

    private static Map<String, Double> numbers(ObjectNode line) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : line.properties()) {
            if (field.getValue().isNumber() && !field.getKey().equals("step")) {
                numbers.put(field.getKey(), field.getValue().asDouble());
            }
        }
        return numbers;
    }

    /** Every whole line of a log; a last line that was cut off is left out. */
    public static List<ObjectNode> read(Path file) {
        List<ObjectNode> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = parse(line);
                if (node instanceof ObjectNode object) {
                    lines.add(object);
                }
            }
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
        return lines;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
