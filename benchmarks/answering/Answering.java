import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/**
 * SqlTune's side of the benchmark of answering: {@code Answering MODEL WEIGHTS WORK TASK.json [THREADS]}. Prints one JSON line.
 *
 * <p>Works: {@code stream} continues the first prompt, by itself; {@code second} measures the time to the first token of the
 * first prompt and then of the second, which begins like it; {@code one} continues all prompts one after the other; {@code batch} {@code texts} at a
 * time. {@code turns} does one round of the work that each line of the standard input names, and prints a line for it. A task has {@code prompts} (ids), {@code new_tokens} of each text, {@code rounds}, {@code texts} and, for llama.cpp,
 * {@code context}.
 */
public final class Answering {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LanguageModel model;
    private final JsonNode task;

    private Answering(LanguageModel model, JsonNode task) {
        this.model = model;
        this.task = task;
    }

    public static void main(String[] arguments) throws IOException {
        JsonNode task = JSON.readTree(Path.of(arguments[3]).toFile());
        Torch.setThreads(arguments.length > 4 ? Integer.parseInt(arguments[4]) : 2);
        try (Torch torch = Torch.cpu();
                LanguageModel model = load(torch, Path.of(arguments[0]), arguments[1])) {
            Answering answering = new Answering(model, task);
            if (!arguments[2].equals("turns")) {
                System.out.println(answering.work(arguments[2], arguments[1]));
                return;
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(answering.work(line, arguments[1]));
            }
        }
    }

    private ObjectNode work(String work, String weights) {
        ObjectNode result = switch (work) {
            case "stream" -> stream();
            case "second" -> second();
            case "one" -> questions(1);
            case "batch" -> questions(task.get("texts").asInt());
            default -> throw new IllegalArgumentException("no work " + work);
        };
        return result.put("engine", "sqltune").put("weights", weights).put("work", work);
    }

    private static LanguageModel load(Torch torch, Path folder, String weights) {
        return switch (weights) {
            case "plain" -> LanguageModel.load(torch, folder, ElementType.BFLOAT16);
            case "bf16" -> LanguageModel.loadPacked(torch, folder);
            case "int8" -> LanguageModel.loadInInt8(torch, folder, type(torch), Quantization.NONE);
            case "int4" -> LanguageModel.loadInInt4(torch, folder, type(torch), Quantization.NONE);
            default -> throw new IllegalArgumentException("no weights " + weights);
        };
    }

    /** What everything but the weights is computed in: as the loader chooses it. */
    private static ElementType type(Torch torch) {
        return torch.multipliesBfloat16() ? ElementType.BFLOAT16 : ElementType.FLOAT32;
    }

    private BatchGenerator newGenerator(int texts) {
        return new BatchGenerator(model.decoder(), Set.of(), texts, 2048);
    }

    private long[] prompt(int index) {
        JsonNode ids = task.get("prompts").get(index);
        long[] prompt = new long[ids.size()];
        for (int i = 0; i < prompt.length; i++) {
            prompt[i] = ids.get(i).asLong();
        }
        return prompt;
    }

    /** Milliseconds until the first new token, and until all. */
    private record Timed(double first, double all) {}

    private static Timed timed(BatchGenerator generator, long[] prompt, int count) {
        long start = System.nanoTime();
        List<Double> times = new ArrayList<>();
        generator.submit(
                prompt, new GenerationSettings(0, 1, count, 0), id -> times.add((System.nanoTime() - start) / 1e6));
        generator.run();
        return new Timed(times.get(0), times.get(times.size() - 1));
    }

    private ObjectNode stream() {
        int count = task.get("new_tokens").asInt();
        ObjectNode result = JSON.createObjectNode();
        ArrayNode rounds = result.putArray("rounds");
        long[] prompt = prompt(0);
        try (BatchGenerator generator = newGenerator(1)) {
            for (int round = 0; round <= task.get("rounds").asInt(); round++) {
                generator.forgetPrefixes();
                Timed timed = timed(generator, prompt, count);
                if (round > 0) {
                    rounds.addObject()
                            .put("prefill", prompt.length / timed.first() * 1000)
                            .put("decode", (count - 1) / (timed.all() - timed.first()) * 1000);
                }
            }
        }
        return result;
    }

    private ObjectNode second() {
        ObjectNode result = JSON.createObjectNode();
        ArrayNode rounds = result.putArray("rounds");
        try (BatchGenerator generator = newGenerator(1)) {
            timed(generator, prompt(0), 1);
            for (int round = 0; round < task.get("rounds").asInt(); round++) {
                generator.forgetPrefixes();
                double first = timed(generator, prompt(0), 1).first();
                rounds.addObject().put("first", first).put("second", timed(generator, prompt(1), 1).first());
            }
        }
        return result;
    }

    private ObjectNode questions(int texts) {
        int count = task.get("new_tokens").asInt();
        int prompts = task.get("prompts").size();
        long start = System.nanoTime();
        try (BatchGenerator generator = newGenerator(texts)) {
            List<Generation> answers = new ArrayList<>();
            for (int i = 0; i < prompts; i++) {
                answers.add(generator.submit(prompt(i), new GenerationSettings(0, 1, count, 0), id -> {}));
            }
            generator.run();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return JSON.createObjectNode()
                .put("seconds", seconds)
                .put("answers_per_second", prompts / seconds)
                .put("tokens_per_second", prompts * count / seconds);
    }
}
