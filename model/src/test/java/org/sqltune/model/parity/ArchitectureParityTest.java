package org.sqltune.model.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.model.parity.DecoderResults.bothRows;
import static org.sqltune.model.parity.DecoderResults.concatenate;
import static org.sqltune.model.parity.DecoderResults.greedyWithoutCache;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;
import static org.sqltune.model.parity.DecoderResults.meanLoss;
import static org.sqltune.model.parity.DecoderResults.rootMeanSquare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.model.TestFolders;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Weight;

/**
 * Every architecture, and Llamas of odd shapes, against transformers and PEFT on whole arrays. The figures measured go to
 * {@code target/parity.md}, from where docs/parity.md has them.
 */
class ArchitectureParityTest {
    private static final double LOGITS = 1e-4;
    private static final double LOSS = 1e-5;

    /** Rounding in another order costs bf16 as much as the reference itself loses by it, give or take half. */
    private static final double BF16_SHARE = 1.5;

    private static final Map<String, ParityFigures> FIGURES = new TreeMap<>();

    @AfterAll
    static void writeFigures() throws IOException {
        ParityFigures.write(Path.of("target", "parity.md"), FIGURES);
    }

    private static ParityFigures figures(Architecture architecture) {
        return FIGURES.computeIfAbsent(architecture.fixtureName(), name -> new ParityFigures());
    }

    @ParameterizedTest
    @EnumSource
    void logitsEqualTransformers(Architecture architecture) {
        ParityFixture fixture = architecture.fixture();
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] expected = fixture.floats(torch, "expected.safetensors", "logits");
            double difference = largestDifference(bothRows(decoder, ids), expected);
            figures(architecture).put(ParityFigures.Column.LOGITS, difference);
            assertThat(difference).isLessThan(LOGITS);
        }
    }

    /** So that a fixture can't agree by leaving out what makes its family. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LLAMA_ONE_LAYER | rope_parameters | {'rope_type':'default','rope_theta':10000.0}",
                "LLAMA_LINEAR | rope_scaling | null",
                "LLAMA_DYNAMIC | max_position_embeddings | 64",
                "LLAMA_YARN | rope_scaling | null",
                "LLAMA_YARN | rope_scaling | {'rope_type':'linear','factor':4.0}",
                "MISTRAL_WINDOW | sliding_window | 7",
                "QWEN2 | layer_types | ['full_attention','full_attention']",
                "QWEN2 | layer_types | ['sliding_attention','sliding_attention']",
                "QWEN3 | rms_norm_eps | 0.1",
                "GEMMA2 | attn_logit_softcapping | null",
                "GEMMA2 | final_logit_softcapping | null",
                "GEMMA2 | query_pre_attn_scalar | 8",
                "GEMMA2 | hidden_activation | 'silu'",
                "GEMMA2 | sliding_window | 7",
                "GEMMA2 | layer_types | ['full_attention','full_attention','full_attention']",
                "PHI3 | partial_rotary_factor | 1.0",
                "PHI3 | sliding_window | null",
                "PHI3_LONGROPE | original_max_position_embeddings | 32",
                "PHI3_LONGROPE | max_position_embeddings | 16",
                "GPT_NEOX | use_parallel_residual | false",
                "GPT_NEOX | rotary_pct | 0.5",
                "GPT_NEOX | hidden_act | 'silu'",
                "GPT_NEOX_SEQUENTIAL | use_parallel_residual | true",
                "GPT_NEOX_SEQUENTIAL | rope_parameters | {'partial_rotary_factor':0.6}",
            })
    void whatMakesAFamilyMatters(Architecture architecture, String key, String value, @TempDir Path folder) {
        ParityFixture fixture = architecture.fixture();
        TestFolders.copyFiles(fixture.folder(), folder);
        TestFolders.editJson(folder.resolve("config.json"), config -> config.set(key, TestFolders.json(value)));
        try (Torch torch = Torch.cpu();
                Decoder decoder = new ParityFixture(folder).decoder(torch, ElementType.FLOAT32)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] expected = fixture.floats(torch, "expected.safetensors", "logits");
            assertThat(largestDifference(bothRows(decoder, ids), expected)).isGreaterThan(100 * LOGITS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void logitsInBfloat16StayAsCloseAsTheReferencesOwn(Architecture architecture) {
        ParityFixture fixture = architecture.fixture();
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.BFLOAT16)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] exact = fixture.floats(torch, "expected.safetensors", "logits");
            float[] reference = fixture.floats(torch, "expected.safetensors", "logits_bf16");
            double share = rootMeanSquare(bothRows(decoder, ids), exact) / rootMeanSquare(reference, exact);
            figures(architecture).put(ParityFigures.Column.BF16, share);
            assertThat(share).isLessThan(BF16_SHARE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lossEqualsTransformers(Architecture architecture) {
        ParityFixture fixture = architecture.fixture();
        JsonNode expected = fixture.json("expected.json");
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
            double loss = meanLoss(decoder, expected.path("examples"));
            double difference = Math.abs(loss - expected.path("loss").asDouble());
            figures(architecture).put(ParityFigures.Column.LOSS, difference);
            assertThat(difference).isLessThan(LOSS);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MQA_BIAS_HEADDIM", "LLAMA3_ROPE"})
    void logitsAndLossWithAnAdapterOfPeftEqualPeft(Architecture architecture) {
        ParityFixture fixture = architecture.fixture();
        JsonNode examples = fixture.json("expected.json").path("examples");
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = PeftAdapterFiles.load(fixture.folder().resolve("adapter"), decoder)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] base = fixture.floats(torch, "expected.safetensors", "logits");
            float[] adapted = fixture.floats(torch, "expected_lora.safetensors", "logits");
            assertThat(largestDifference(adapted, base))
                    .as("the adapter matters")
                    .isGreaterThan(0.01);
            adapter.attach();
            double difference = largestDifference(bothRows(decoder, ids), adapted);
            figures(architecture).put(ParityFigures.Column.ADAPTER, difference);
            assertThat(difference).isLessThan(LOGITS);
            assertThat(Math.abs(meanLoss(decoder, examples)
                            - fixture.json("expected_lora.json").path("loss").asDouble()))
                    .isLessThan(LOSS);
            adapter.detach();
            assertThat(largestDifference(bothRows(decoder, ids), base)).isLessThan(LOGITS);
            adapter.merge();
            assertThat(largestDifference(bothRows(decoder, ids), adapted)).isLessThan(LOGITS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void greedyDecodingGivesTheSameIdsCachedAndUncached(Architecture architecture) {
        ParityFixture fixture = architecture.fixture();
        JsonNode greedy = fixture.json("expected.json").path("greedy");
        long[] prompt = ParityFixture.ids(greedy.path("prompt_ids"));
        long[] expected = ParityFixture.ids(greedy.path("new_ids"));
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32);
                TextGenerator generator = new TextGenerator(decoder, Set.of())) {
            GenerationSettings settings = GenerationSettings.greedy(expected.length);
            long[] cached = generator.generate(prompt, settings);
            figures(architecture).put(ParityFigures.Column.GREEDY, equalAtTheStart(cached, expected));
            assertThat(cached).isEqualTo(expected);
            assertThat(generator.generate(prompt, settings))
                    .as("reusing the prompt's cache")
                    .isEqualTo(expected);
            assertThat(greedyWithoutCache(decoder, prompt, expected.length)).isEqualTo(expected);
        }
    }

    private static int equalAtTheStart(long[] actual, long[] expected) {
        int mismatch = Arrays.mismatch(actual, expected);
        return mismatch < 0 ? expected.length : mismatch;
    }

    @ParameterizedTest
    @EnumSource
    void aSharedPrefixGivesTheLogitsOfSeparateRows(Architecture architecture) {
        ParityFixture fixture = architecture.fixture();
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
            long[] row = Arrays.copyOf(fixture.longs(torch, "expected.safetensors", "input_ids"), 20);
            long[] other = row.clone();
            Arrays.setAll(other, i -> i < 12 ? row[i] : row[31 - i]);
            long[] positions = new long[28];
            Arrays.setAll(positions, i -> i < 20 ? i : i - 8);
            TokenBatch shared = new TokenBatch(
                    concatenate(row, Arrays.copyOfRange(other, 12, 20)),
                    positions,
                    new long[] {12, 8, 8},
                    new long[] {-1, 0, 0},
                    new long[0],
                    new long[0]);
            float[] together = logits(decoder, shared);
            int vocabulary = decoder.config().vocabSize();
            assertThat(largestDifference(Arrays.copyOf(together, 20 * vocabulary), logits(decoder, row)))
                    .isLessThan(1e-5);
            float[] branch = Arrays.copyOfRange(together, 20 * vocabulary, 28 * vocabulary);
            float[] alone = Arrays.copyOfRange(logits(decoder, other), 12 * vocabulary, 20 * vocabulary);
            assertThat(largestDifference(branch, alone)).isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void savedAndLoadedAgainItHasTheNamesOfHuggingFaceAndTheSameLogits(
            Architecture architecture, @TempDir Path folder) {
        ParityFixture fixture = architecture.fixture();
        TestFolders.copyFiles(fixture.folder(), folder);
        try (Torch torch = Torch.cpu()) {
            float[] before;
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            try (Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
                before = bothRows(decoder, ids);
                Map<String, Tensor> weights = new LinkedHashMap<>();
                for (Weight weight : decoder.weights().values()) {
                    weights.put(weight.name(), weight.value());
                }
                new SafetensorsWriter(torch).write(folder.resolve("model.safetensors"), weights);
            }
            assertThat(names(torch, folder)).isEqualTo(names(torch, fixture.folder()));
            try (Decoder decoder = new ParityFixture(folder).decoder(torch, ElementType.FLOAT32)) {
                assertThat(bothRows(decoder, ids)).isEqualTo(before);
            }
        }
    }

    private static Set<String> names(Torch torch, Path folder) {
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, folder)) {
            return Set.copyOf(reader.names());
        }
    }
}
