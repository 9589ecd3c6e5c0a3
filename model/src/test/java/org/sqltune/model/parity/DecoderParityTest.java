package org.sqltune.model.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sqltune.model.parity.DecoderResults.bothRows;
import static org.sqltune.model.parity.DecoderResults.concatenate;
import static org.sqltune.model.parity.DecoderResults.greedyWithoutCache;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;
import static org.sqltune.model.parity.DecoderResults.meanLoss;
import static org.sqltune.model.parity.DecoderResults.rootMeanSquare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** The decoder against transformers and PEFT, on whole arrays. */
class DecoderParityTest {
    private static final double LOGITS_TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mha_untied", "mqa_bias_headdim", "mistral_tiny", "sharded", "llama3_rope"})
    void logitsEqualTransformers(String fixtureName) {
        ParityFixture fixture = ParityFixture.of(fixtureName);
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] expected = fixture.floats(torch, "expected.safetensors", "logits");
            assertThat(largestDifference(bothRows(decoder, ids), expected)).isLessThan(LOGITS_TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mha_untied", "bf16_stored"})
    void logitsInBfloat16StayAsCloseAsTheReferencesOwn(String fixtureName) {
        ParityFixture fixture = ParityFixture.of(fixtureName);
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.BFLOAT16)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] exact = fixture.floats(torch, "expected.safetensors", "logits");
            float[] reference = fixture.floats(torch, "expected.safetensors", "logits_bf16");
            double referenceError = rootMeanSquare(reference, exact);
            assertThat(rootMeanSquare(bothRows(decoder, ids), exact)).isLessThan(1.5 * referenceError);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mha_untied"})
    void logitsWithAnAdapterOfPeftEqualPeft(String fixtureName) {
        ParityFixture fixture = ParityFixture.of(fixtureName);
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = PeftAdapterFiles.load(fixture.folder().resolve("adapter"), decoder)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] base = fixture.floats(torch, "expected.safetensors", "logits");
            float[] adapted = fixture.floats(torch, "expected_lora.safetensors", "logits");
            adapter.attach();
            assertThat(largestDifference(bothRows(decoder, ids), adapted)).isLessThan(LOGITS_TOLERANCE);
            adapter.detach();
            assertThat(largestDifference(bothRows(decoder, ids), base)).isLessThan(LOGITS_TOLERANCE);
            adapter.merge();
            assertThat(largestDifference(bothRows(decoder, ids), adapted)).isLessThan(LOGITS_TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mha_untied", "mqa_bias_headdim", "mistral_tiny"})
    void greedyDecodingGivesTheSameIdsCachedAndUncached(String fixtureName) {
        ParityFixture fixture = ParityFixture.of(fixtureName);
        JsonNode greedy = fixture.json("expected.json").path("greedy");
        long[] prompt = ParityFixture.ids(greedy.path("prompt_ids"));
        long[] expected = ParityFixture.ids(greedy.path("new_ids"));
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32);
                TextGenerator generator = new TextGenerator(decoder, Set.of())) {
            GenerationSettings settings = GenerationSettings.greedy(expected.length);
            assertThat(generator.generate(prompt, settings)).isEqualTo(expected);
            assertThat(generator.generate(prompt, settings))
                    .as("reusing the prompt's cache")
                    .isEqualTo(expected);
            assertThat(greedyWithoutCache(decoder, prompt, expected.length)).isEqualTo(expected);
        }
    }

    @Test
    void aSharedPrefixGivesTheLogitsOfSeparateRows() {
        ParityFixture fixture = ParityFixture.of("gqa_tied");
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
            long[] row = Arrays.copyOf(fixture.longs(torch, "expected.safetensors", "input_ids"), 20);
            long[] ids = concatenate(row, Arrays.copyOfRange(row, 12, 20));
            long[] positions = new long[28];
            for (int i = 0; i < 28; i++) {
                positions[i] = i < 20 ? i : i - 8;
            }
            TokenBatch shared = new TokenBatch(
                    ids, positions, new long[] {12, 8, 8}, new long[] {-1, 0, 0}, new long[0], new long[0]);
            float[] together = logits(decoder, shared);
            float[] alone = logits(decoder, row);
            int vocabulary = decoder.config().vocabSize();
            assertThat(largestDifference(Arrays.copyOf(together, 20 * vocabulary), alone))
                    .isLessThan(1e-5);
            float[] branch = Arrays.copyOfRange(together, 20 * vocabulary, 28 * vocabulary);
            assertThat(largestDifference(branch, Arrays.copyOfRange(alone, 12 * vocabulary, 20 * vocabulary)))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void lossEqualsTransformers() {
        ParityFixture fixture = ParityFixture.of("gqa_tied");
        JsonNode expected = fixture.json("expected.json");
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
            assertThat(meanLoss(decoder, expected.path("examples")))
                    .isCloseTo(expected.path("loss").asDouble(), within(1e-5));
        }
    }
}
