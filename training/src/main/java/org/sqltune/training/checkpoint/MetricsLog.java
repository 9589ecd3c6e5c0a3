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
import org.sqltune.core.text.Failures;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.TrainingListener;

/** Appends to {@code metrics.jsonl}, one JSON object per line, while the run trains. */
public final class MetricsLog {
    /** The file's name in a run's folder. */
    public static final String NAME = "metrics.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final TrainingListener listener;

    /**
     * Opens the log and rewrites it with the lines of a checkpoint. After a crash the file may hold lines of later
     * steps, which the resumed run repeats, or lack lines that had not reached the disk.
     *
     * @param history the lines at the checkpoint; empty for a new run
     * @param listener receives each new line
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

    /** Writes null for NaN, which JSON lacks: the loss is NaN if every step was skipped. */
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

    /** Returns the last logged training loss; NaN before the first. */
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
            throw new SqlTuneException(
                    "Can't write " + file + ": " + Failures.reason(e) + ". Check that the disk has room", e);
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

    /** Reads the complete lines of a log; an incomplete last line is ignored. A missing file has no lines. */
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
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e), e);
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
