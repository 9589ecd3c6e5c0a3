package org.sqltune.training;

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

/** {@code metrics.jsonl}: one JSON object a line, appended as the run goes. */
public final class MetricsLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final TrainingListener listener;

    /**
     * Opens the log for a run that goes on after {@code stepsDone} steps: later lines, of a run that was cut off after its
     * last checkpoint, are dropped, since those steps are about to be done again.
     *
     * @param listener told of each new line
     */
    MetricsLog(Path file, int stepsDone, TrainingListener listener) {
        this.file = file;
        this.listener = listener;
        List<String> kept = new ArrayList<>();
        for (ObjectNode line : read(file)) {
            if (line.path("step").asInt() <= stepsDone && stepsDone > 0) {
                kept.add(line.toString());
            }
        }
        AtomicFiles.writeString(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
    }

    void step(StepMetrics metrics) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", metrics.step());
        line.put("epoch", metrics.epoch());
        line.put("loss", metrics.loss());
        line.put("grad_norm", metrics.gradNorm());
        line.put("learning_rate", metrics.learningRate());
        line.put("examples", metrics.examples());
        line.put("num_tokens", metrics.numTokens());
        line.put("seconds", metrics.seconds());
        append(line);
    }

    void evaluation(EvaluationMetrics metrics) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", metrics.step());
        line.put("epoch", metrics.epoch());
        line.put("eval_loss", metrics.loss());
        line.put("eval_mean_token_accuracy", metrics.tokenAccuracy());
        append(line);
    }

    /** The loss of the last step that was logged; NaN before the first. */
    double lastLoss() {
        double last = Double.NaN;
        for (ObjectNode line : read(file)) {
            last = line.path("loss").asDouble(last);
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
