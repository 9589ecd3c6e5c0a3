package org.sqltune.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.lora.LoraInitialization;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.BatchPlanner;
import org.sqltune.training.batch.TokenizedExample;

/** Gradients of every kind of adapter against PEFT's, on whole arrays. */
class AdapterKindGradientsTest {
    private static final double TOLERANCE = 1e-4;
    private static final Map<String, Double> ERRORS = new TreeMap<>();

    @AfterAll
    static void writeErrors() throws IOException {
        StringBuilder text = new StringBuilder("| adapter | gradients, largest relative error |\n|---|---|\n");
        ERRORS.forEach((name, error) -> text.append(String.format("| `%s` | %.1e |%n", name, error)));
        Files.writeString(Path.of("target", "parity-adapter-gradients.md"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "rslora, true, NONE",
        "dora, true, FULL",
        "dora, false, NONE",
        "dora_fused, true, NONE",
        "dora_dropout, false, FULL",
        "pissa, true, NONE",
        "pissa_rslora, true, NONE",
        "patterns, true, NONE",
        "layers, true, FULL",
        "paths, false, NONE",
        "rslora, true, SELECTIVE",
        "dora, true, SELECTIVE",
        "dora_fused, true, SELECTIVE",
        "dora_dropout, false, SELECTIVE",
        "pissa, true, SELECTIVE",
        "layers, true, SELECTIVE",
        "paths, false, SELECTIVE"
    })
    void equalPefts(String kind, boolean sharePrefixes, GradientCheckpointing checkpointing) throws Exception {
        Path folder = resource("/adapters/" + kind);
        Path base = base(folder);
        try (Torch torch = Torch.cpu();
                Decoder decoder = decoder(torch, base);
                LoraAdapter adapter = PeftAdapterFiles.load(folder.resolve("adapter"), decoder)) {
            Path expected = folder.resolve("expected.safetensors");
            double loss = compare(kind, decoder, adapter, base, expected, sharePrefixes, checkpointing);
            assertThat(loss)
                    .isCloseTo(json(folder, "expected.json").path("loss").asDouble(), within(1e-5));
        }
    }

    /** A PiSSA adapter goes on from its converted files, over a base that lacks the part it began with. */
    @ParameterizedTest
    @CsvSource({"pissa, false", "pissa_rslora, true"})
    void ofPissaGoingOnEqualPeftsBeforeConversion(String kind, boolean rankStabilized) throws Exception {
        Path folder = resource("/adapters/" + kind);
        Path base = base(folder);
        try (Torch torch = Torch.cpu();
                Decoder decoder = decoder(torch, base);
                LoraAdapter adapter = pissa(folder, decoder, rankStabilized);
                SafetensorsReader file =
                        SafetensorsReader.ofFile(torch, folder.resolve("adapter/adapter_model.safetensors"))) {
            adapter.restore(file, Restoration.EXACT);
            Path expected = folder.resolve("gradients.safetensors");
            double loss = compare(
                    kind + ", not converted", decoder, adapter, base, expected, true, GradientCheckpointing.NONE);
            assertThat(loss)
                    .isCloseTo(json(folder, "expected.json").path("loss").asDouble(), within(1e-5));
        }
    }

    private static LoraAdapter pissa(Path folder, Decoder decoder, boolean rankStabilized) {
        List<String> targets =
                PeftAdapterFiles.readConfig(folder.resolve("adapter")).targets();
        LoraConfig config = new LoraConfig(4, 6, 0, targets).withRankStabilized(rankStabilized);
        // Three power iterations begin elsewhere than PEFT did, so that restoring must bring the beginning back too.
        return LoraAdapter.create(decoder, config, new LoraInitialization.Principal(3), 1);
    }

    private static double compare(
            String name,
            Decoder decoder,
            LoraAdapter adapter,
            Path base,
            Path expected,
            boolean sharePrefixes,
            GradientCheckpointing checkpointing)
            throws IOException {
        Torch torch = decoder.torch();
        try (GradientAccumulator gradients = new GradientAccumulator(torch, adapter.all());
                SafetensorsReader reference = SafetensorsReader.ofFile(torch, expected);
                TensorScope scope = torch.scope()) {
            adapter.attach();
            List<TokenizedExample> examples =
                    examples(json(base, "expected.json").path("examples"));
            long targets = examples.stream()
                    .mapToLong(each -> each.completion().length)
                    .sum();
            ForwardBackward pass =
                    new ForwardBackward(decoder, adapter, gradients, ForwardBackward.Options.plain(checkpointing));
            double lossSum = 0;
            for (var row : new BatchPlanner(sharePrefixes, 2, 2048, decoder::lengthClass).plan(examples)) {
                lossSum += pass.run(row, 1.0 / targets, 0);
            }
            assertThat(adapter.all()).isNotEmpty();
            for (int i = 0; i < adapter.all().size(); i++) {
                String parameter = adapter.all().get(i).name();
                Tensor sum = gradients.sums().get(i);
                float[] values = reference
                        .read(scope, parameter, ElementType.FLOAT32, sum.shape())
                        .toFloats();
                double error = relativeError(sum.toFloats(), values);
                ERRORS.merge(name, error, Math::max);
                assertThat(error).as(parameter).isLessThan(TOLERANCE);
            }
            return lossSum / targets;
        }
    }

    private static double relativeError(float[] actual, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < actual.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        assertThat(size).isPositive();
        return Math.sqrt(difference / size);
    }

    private static Decoder decoder(Torch torch, Path path) {
        try (SafetensorsReader weights = SafetensorsReader.ofModelFolder(torch, path)) {
            return new Decoder(
                    torch,
                    DecoderConfigReader.read(path),
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

    private static Path base(Path folder) throws Exception {
        return resource("/parity/" + json(folder, "expected.json").path("base").asText());
    }

    private static JsonNode json(Path path, String file) throws IOException {
        return new ObjectMapper().readTree(path.resolve(file).toFile());
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(AdapterKindGradientsTest.class.getResource(name))
                .toURI());
    }
}
