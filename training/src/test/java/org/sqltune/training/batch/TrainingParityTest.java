package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.data.split.Splits;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.TestModels;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.checkpoint.FullModel;
import org.sqltune.training.checkpoint.LoraModel;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.checkpoint.TrainableModel;
import org.sqltune.training.gradient.ForwardBackward;
import org.sqltune.training.gradient.GradientAccumulator;
import org.sqltune.training.loop.Trainer;

/** Gradients and training curves against transformers, PEFT and torch's AdamW. */
class TrainingParityTest {
    /** The largest error of any matrix, by fixture: {@code target/parity-gradients.md}, for docs/parity.md. */
    private static final Map<String, Double> GRADIENT_ERRORS = new TreeMap<>();

    @TempDir
    Path folder;

    @AfterAll
    static void writeGradientErrors() throws IOException {
        StringBuilder text = new StringBuilder("| fixture | LoRA gradients, largest relative error |\n|---|---|\n");
        GRADIENT_ERRORS.forEach((name, error) -> text.append(String.format("| `%s` | %.1e |%n", name, error)));
        Files.writeString(Path.of("target", "parity-gradients.md"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, false, NONE",
        "gqa_tied, true, NONE",
        "gqa_tied, false, FULL",
        "mha_untied, false, NONE",
        "mha_untied, true, FULL",
        "llama_one_layer, true, FULL",
        "llama_narrow_heads, true, NONE",
        "llama_linear, true, NONE",
        "llama_dynamic, true, NONE",
        "llama_dynamic, false, NONE",
        "llama_yarn, true, NONE",
        "mistral_window, true, FULL",
        "mistral_window, false, NONE",
        "qwen2, true, NONE",
        "qwen3, true, NONE",
        "gemma2, true, FULL",
        "gemma2, false, NONE",
        "phi3, true, NONE",
        "phi3_longrope, true, NONE",
        "phi3_longrope, false, FULL",
        "gpt_neox, true, FULL",
        "gpt_neox, false, NONE",
        "gpt_neox_sequential, true, NONE",
        "gqa_tied, true, SELECTIVE",
        "llama_one_layer, true, SELECTIVE",
        "mistral_window, true, SELECTIVE",
        "qwen2, true, SELECTIVE",
        "qwen3, true, SELECTIVE",
        "gemma2, true, SELECTIVE",
        "phi3, true, SELECTIVE",
        "gpt_neox, true, SELECTIVE",
        "gpt_neox_sequential, true, SELECTIVE"
    })
    void loraGradientsEqualPefts(String fixture, boolean sharePrefixes, GradientCheckpointing checkpointing)
            throws Exception {
        Path path = fixture(fixture);
        try (Torch torch = Torch.cpu();
                Decoder decoder = decoder(torch, path);
                LoraAdapter adapter = PeftAdapterFiles.load(path.resolve("adapter"), decoder);
                GradientAccumulator gradients = new GradientAccumulator(torch, adapter.all());
                SafetensorsReader expected =
                        SafetensorsReader.ofFile(torch, path.resolve("expected_lora.safetensors"));
                TensorScope scope = torch.scope()) {
            adapter.attach();
            List<TokenizedExample> examples =
                    examples(json(path, "expected.json").path("examples"));
            long targets = examples.stream()
                    .mapToLong(each -> each.completion().length)
                    .sum();
            ForwardBackward pass =
                    new ForwardBackward(decoder, adapter, gradients, ForwardBackward.Options.plain(checkpointing));
            double lossSum = 0;
            for (var row : new BatchPlanner(sharePrefixes, 2, 2048, decoder::lengthClass).plan(examples)) {
                lossSum += pass.run(row, 1.0 / targets, 0);
            }
            double expectedLoss = json(path, "expected_lora.json").path("loss").asDouble();
            assertThat(lossSum / targets).isCloseTo(expectedLoss, within(1e-5));
            for (int i = 0; i < adapter.all().size(); i++) {
                String name = adapter.all().get(i).name();
                Tensor sum = gradients.sums().get(i);
                float[] reference = expected.read(scope, name, ElementType.FLOAT32, sum.shape())
                        .toFloats();
                double error = relativeError(sum.toFloats(), reference);
                GRADIENT_ERRORS.merge(fixture, error, Math::max);
                assertThat(error).as(name).isLessThan(1e-4);
            }
        }
    }

    private static double relativeError(float[] actual, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < actual.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, constant, false",
        "gqa_tied, constant, true",
        "gqa_tied, cosine, false",
        "mha_untied, constant, false",
        "mha_untied, cosine, true"
    })
    void twentyStepsOfLoraFollowTheReferencesCurve(String fixture, String schedule, boolean sharePrefixes)
            throws Exception {
        Path path = fixture(fixture);
        JsonNode reference = json(path, "expected_training.json").path(schedule);
        try (Torch torch = Torch.cpu();
                LanguageModel model = TestModels.withTokenizer(torch, path, folder)) {
            LoraAdapter adapter = model.loadAdapter(path.resolve("adapter"));
            List<ObjectNode> lines =
                    train(new LoraModel(model, adapter, "base"), path, reference.path("settings"), sharePrefixes);
            compare(lines, reference.path("steps"), 1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "gemma2", "gpt_neox"})
    void twentyStepsOfFullTrainingFollowTheReferencesCurve(String fixture) throws Exception {
        Path path = fixture(fixture);
        JsonNode reference = json(path, "expected_full_training.json").path("constant");
        try (Torch torch = Torch.cpu();
                LanguageModel model = TestModels.withTokenizer(torch, path, folder)) {
            List<ObjectNode> lines = train(new FullModel(model), path, reference.path("settings"), false);
            compare(lines, reference.path("steps"), 1e-3);
        }
    }

    private List<ObjectNode> train(TrainableModel model, Path path, JsonNode settings, boolean sharePrefixes)
            throws IOException {
        List<String> overrides = new ArrayList<>(List.of(
                "training.output_dir=" + folder.resolve("out"),
                "training.logging_steps=1",
                "training.share_prefixes=" + sharePrefixes));
        settings.properties()
                .forEach(entry -> overrides.add(
                        "training." + entry.getKey() + "=" + entry.getValue().asText()));
        TrainingSettings training = TestModels.settings(overrides.toArray(String[]::new));
        List<TokenizedExample> examples = examples(json(path, "expected.json").path("examples"));
        try (Trainer trainer =
                new Trainer(model, training, new Splits<>(examples, List.of()), false, TrainingListener.NONE)) {
            trainer.run(false);
        }
        return MetricsLog.read(folder.resolve("out/metrics.jsonl"));
    }

    private static void compare(List<ObjectNode> lines, JsonNode steps, double tolerance) {
        assertThat(lines).hasSize(steps.size());
        for (int i = 0; i < lines.size(); i++) {
            for (String key : List.of("loss", "grad_norm", "learning_rate")) {
                double expected = steps.get(i).path(key).asDouble();
                double bound = key.equals("grad_norm") ? 1e-2 * expected : tolerance;
                assertThat(lines.get(i).path(key).asDouble())
                        .as(key + " of step " + (i + 1))
                        .isCloseTo(expected, within(bound));
            }
        }
    }

    private static Decoder decoder(Torch torch, Path path) {
        DecoderConfig config = DecoderConfigReader.read(path);
        try (SafetensorsReader weights = SafetensorsReader.ofModelFolder(torch, path)) {
            return new Decoder(
                    torch,
                    config,
                    ElementType.FLOAT32,
                    (owner, name, shape) -> weights.read(owner, name, ElementType.FLOAT32, shape));
        }
    }

    private static List<TokenizedExample> examples(JsonNode array) {
        List<TokenizedExample> examples = new ArrayList<>();
        for (JsonNode node : array) {
            examples.add(new TokenizedExample(
                    "e" + examples.size(), ids(node.path("prompt_ids")), ids(node.path("completion_ids"))));
        }
        return examples;
    }

    private static long[] ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    private static JsonNode json(Path path, String file) throws IOException {
        return new ObjectMapper().readTree(path.resolve(file).toFile());
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(TrainingParityTest.class.getResource("/parity/" + name))
                .toURI());
    }
}
