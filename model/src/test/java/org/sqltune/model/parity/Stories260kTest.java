package org.sqltune.model.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;
import static org.sqltune.model.parity.DecoderResults.lossSum;
import static org.sqltune.model.parity.DecoderResults.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.parity.StoriesModel.RotaryPairs;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** A model that was really trained, against an implementation that shares no code with torch. */
class Stories260kTest {
    private static final double LOGITS_TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();
    private JsonNode expected;

    @BeforeEach
    void readExpectations() throws IOException {
        expected = new ObjectMapper().readTree(Stories260kTest.class.getResource("/stories260k/expected.json"));
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void theFlatFilesHeaderIsReadAsTheReferenceReadsIt() {
        StoriesModel.writeInto(folder, torch, RotaryPairs.HALVES);
        DecoderConfig config = DecoderConfigReader.read(folder);
        JsonNode reference = expected.path("config");
        assertThat(config.hiddenSize()).isEqualTo(reference.path("hidden_size").asInt());
        assertThat(config.intermediateSize())
                .isEqualTo(reference.path("intermediate_size").asInt());
        assertThat(config.layers())
                .isEqualTo(reference.path("num_hidden_layers").asInt());
        assertThat(config.heads())
                .isEqualTo(reference.path("num_attention_heads").asInt());
        assertThat(config.keyValueHeads())
                .isEqualTo(reference.path("num_key_value_heads").asInt());
        assertThat(config.vocabSize()).isEqualTo(reference.path("vocab_size").asInt());
        assertThat(config.maxPositions())
                .isEqualTo(reference.path("max_position_embeddings").asInt());
    }

    @Test
    void logitsOfItsOwnStoryEqualTheReference() {
        try (Decoder decoder = decoder(RotaryPairs.HALVES)) {
            float[] story = logits(decoder, story());
            for (JsonNode at : expected.path("logits")) {
                float[] actual =
                        row(story, at.path("position").asInt(), decoder.config().vocabSize());
                assertThat(largestDifference(actual, floats(at.path("values"))))
                        .as("logits at position %s", at.path("position"))
                        .isLessThan(LOGITS_TOLERANCE);
            }
        }
    }

    @Test
    void logitsOfAnUnlikelyTextEqualTheReference() {
        long[] ids = ParityFixture.ids(expected.path("fixed_ids"));
        try (Decoder decoder = decoder(RotaryPairs.HALVES)) {
            float[] last =
                    row(logits(decoder, ids), ids.length - 1, decoder.config().vocabSize());
            assertThat(largestDifference(last, floats(expected.path("fixed_ids_last_logits"))))
                    .isLessThan(LOGITS_TOLERANCE);
            assertThat(meanLoss(decoder, ids))
                    .isCloseTo(expected.path("fixed_ids_mean_loss").asDouble(), within(1e-5));
        }
    }

    @Test
    void itTellsTheSameStoryFromNothing() {
        long[] story = story();
        try (Decoder decoder = decoder(RotaryPairs.HALVES);
                TextGenerator generator = new TextGenerator(decoder, Set.of())) {
            long[] continuation =
                    generator.generate(new long[] {story[0]}, GenerationSettings.greedy(story.length - 1));
            assertThat(continuation).isEqualTo(Arrays.copyOfRange(story, 1, story.length));
        }
    }

    @Test
    void itIsSureOfItsStory() {
        try (Decoder decoder = decoder(RotaryPairs.HALVES)) {
            assertThat(meanLoss(decoder, story()))
                    .isLessThan(0.5)
                    .isCloseTo(expected.path("greedy_mean_loss").asDouble(), within(1e-5));
        }
    }

    @Test
    void aConversionThatLeavesTheRotaryPairsAsTheyAreIsNoticed() {
        try (Decoder decoder = decoder(RotaryPairs.NEIGHBOURS)) {
            float[] story = logits(decoder, story());
            JsonNode last = expected.path("logits").path(3);
            float[] actual =
                    row(story, last.path("position").asInt(), decoder.config().vocabSize());
            assertThat(largestDifference(actual, floats(last.path("values")))).isGreaterThan(1);
            assertThat(meanLoss(decoder, story())).isGreaterThan(1);
        }
    }

    private Decoder decoder(RotaryPairs pairs) {
        Path model = StoriesModel.writeInto(folder, torch, pairs);
        return new ParityFixture(model).decoder(torch, ElementType.FLOAT32);
    }

    private long[] story() {
        return ParityFixture.ids(expected.path("greedy_ids"));
    }

    private static double meanLoss(Decoder decoder, long[] ids) {
        long[] completion = Arrays.copyOfRange(ids, 1, ids.length);
        return lossSum(decoder, new long[] {ids[0]}, completion) / completion.length;
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.path(i).asDouble();
        }
        return values;
    }
}
