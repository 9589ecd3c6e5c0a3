package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LoraScript;
import org.sqltune.model.weight.Weight;

/** Every kind of adapter against PEFT, on whole arrays. */
class AdapterKindsTest {
    private static final double TOLERANCE = 1e-4;

    private static final Map<String, Double> FIGURES = new TreeMap<>();

    private final Torch torch = Torch.cpu();

    @AfterAll
    static void writeFigures() throws IOException {
        StringBuilder text = new StringBuilder("| adapter | logits, largest difference |\n|---|---|\n");
        FIGURES.forEach((name, figure) -> text.append(String.format("| `%s` | %.1e |%n", name, figure)));
        Files.writeString(Path.of("target", "parity-adapters.md"), text);
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @EnumSource
    void logitsEqualPefts(AdapterKind kind) {
        try (Decoder decoder = kind.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = kind.load(decoder)) {
            float[] base = row(kind.base(), "expected.safetensors", "logits");
            float[] expected = row(kind.fixture(), "expected.safetensors", "logits");
            assertThat(largestDifference(expected, base))
                    .as("the adapter matters")
                    .isGreaterThan(0.1);
            adapter.attach();
            double difference = largestDifference(logits(decoder, ids(kind)), expected);
            FIGURES.put(kind.name().toLowerCase(Locale.ROOT), difference);
            assertThat(difference).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void mergedItComputesTheSameAndUnmergedTheBaseIsTheVerySame(AdapterKind kind) {
        try (Decoder decoder = kind.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = kind.load(decoder)) {
            float[] base = logits(decoder, ids(kind));
            Map<String, float[]> weights = weights(decoder);
            int alive = torch.root().aliveCount();
            adapter.attach();
            float[] attached = logits(decoder, ids(kind));
            adapter.merge();
            assertThat(largestDifference(logits(decoder, ids(kind)), attached)).isLessThan(TOLERANCE);
            adapter.merge();
            assertThat(largestDifference(logits(decoder, ids(kind)), attached)).isLessThan(TOLERANCE);
            adapter.unmerge();
            assertThat(logits(decoder, ids(kind))).isEqualTo(base);
            assertThat(weights(decoder))
                    .allSatisfy((name, values) -> assertThat(values).isEqualTo(weights.get(name)));
            assertThat(torch.root().aliveCount()).isEqualTo(alive);
            adapter.attach();
            assertThat(logits(decoder, ids(kind))).isEqualTo(attached);
            adapter.detach();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inBfloat16UnmergingGivesTheBaseBackToo(AdapterKind kind) {
        try (Decoder decoder = kind.decoder(torch, ElementType.BFLOAT16);
                LoraAdapter adapter = kind.load(decoder)) {
            float[] base = logits(decoder, ids(kind));
            adapter.merge();
            assertThat(largestDifference(logits(decoder, ids(kind)), base)).isGreaterThan(0.05);
            adapter.unmerge();
            assertThat(logits(decoder, ids(kind))).isEqualTo(base);
        }
    }

    @ParameterizedTest
    @EnumSource
    void savedAndLoadedAgainItComputesTheSame(AdapterKind kind, @TempDir Path folder) throws IOException {
        try (Decoder decoder = kind.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = kind.load(decoder)) {
            adapter.attach();
            float[] attached = logits(decoder, ids(kind));
            PeftAdapterFiles.writeInto(folder, adapter, decoder, "base");
            adapter.detach();
            try (LoraAdapter again = PeftAdapterFiles.load(folder, decoder)) {
                assertThat(again.config()).isEqualTo(adapter.config());
                again.attach();
                assertThat(logits(decoder, ids(kind))).isEqualTo(attached);
                again.detach();
            }
        }
    }

    /** One layer, so that both programs draw the same dropout after the same seed. */
    @Test
    void underDropoutItDropsWhatPeftDrops() {
        AdapterKind kind = AdapterKind.DORA_DROPOUT;
        try (Decoder decoder = kind.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = kind.load(decoder);
                TensorScope scope = torch.scope();
                PreparedBatch batch = decoder.prepare(scope, TokenBatch.sequence(ids(kind)))) {
            adapter.attach();
            long seed = kind.fixture().json("expected.json").path("seed").asLong();
            Tensor hidden = decoder.layers()
                    .forward(
                            scope,
                            0,
                            decoder.embed(scope, batch),
                            batch,
                            adapter.config().dropout(),
                            seed);
            float[] expected = kind.fixture().floats(torch, "expected.safetensors", "dropped_logits");
            assertThat(largestDifference(expected, row(kind.fixture(), "expected.safetensors", "logits")))
                    .isGreaterThan(0.1);
            assertThat(largestDifference(decoder.head().logits(scope, hidden).toFloats(), expected))
                    .isLessThan(TOLERANCE);
        }
    }

    /** The product, since singular vectors may be turned around. */
    @ParameterizedTest
    @CsvSource({"PISSA, 0, 1e-5", "PISSA, 1000, 1e-4", "PISSA_RSLORA, 0, 1e-5"})
    void pissaBeginsWithThePartOfTheWeightThatPeftBeginsWith(AdapterKind kind, int iterations, double tolerance) {
        try (Decoder decoder = kind.decoder(torch, ElementType.FLOAT32);
                TensorScope scope = torch.scope()) {
            LoraConfig converted =
                    PeftAdapterFiles.readConfig(kind.fixture().folder().resolve("adapter"));
            LoraConfig config =
                    new LoraConfig(4, 6, 0, converted.targets()).withRankStabilized(converted.rankStabilized());
            try (LoraAdapter adapter =
                    LoraAdapter.create(decoder, config, new LoraInitialization.Principal(iterations), 3)) {
                for (LoraLinear linear : adapter.linears()) {
                    float[] ours =
                            product(scope, linear.a().master(), linear.b().master());
                    Tensor a = tensor(
                            scope, kind, linear.a().name(), linear.a().master().shape());
                    Tensor b = tensor(
                            scope, kind, linear.b().name(), linear.b().master().shape());
                    assertThat(largestDifference(ours, product(scope, a, b)))
                            .as(linear.projection().path())
                            .isLessThan(tolerance);
                }
            }
        }
    }

    private Tensor tensor(TensorScope scope, AdapterKind kind, String name, long... shape) {
        return scope.floats(kind.fixture().floats(torch, "start.safetensors", name), shape);
    }

    private float[] product(TensorScope scope, Tensor a, Tensor b) {
        Tensor zeros = torch.zeros(scope, ElementType.FLOAT32, b.size(0), a.size(1));
        return new LoraScript(torch)
                .merge(scope, zeros, new LoraScript.Factors(a, b), 1)
                .toFloats();
    }

    private long[] ids(AdapterKind kind) {
        long[] both = kind.base().longs(torch, "expected.safetensors", "input_ids");
        return Arrays.copyOf(both, both.length / 2);
    }

    private float[] row(ParityFixture fixture, String file, String name) {
        float[] both = fixture.floats(torch, file, name);
        return Arrays.copyOf(both, both.length / 2);
    }

    private static Map<String, float[]> weights(Decoder decoder) {
        Map<String, float[]> values = new HashMap<>();
        for (Weight weight : decoder.weights().values()) {
            values.put(weight.name(), weight.value().toFloats());
        }
        return values;
    }
}
