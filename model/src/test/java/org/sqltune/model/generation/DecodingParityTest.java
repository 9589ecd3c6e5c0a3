package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** What transformers' logits processors and beam search gave; see tools/parity/decoding.py. */
class DecodingParityTest {
    private static JsonNode expected(String part) throws IOException {
        return new ObjectMapper()
                .readTree(DecodingParityTest.class.getResource("/decoding.json"))
                .path(part);
    }

    static Stream<JsonNode> sampling() throws IOException {
        return StreamSupport.stream(expected("sampling").spliterator(), false);
    }

    static Stream<JsonNode> beams() throws IOException {
        return StreamSupport.stream(expected("beams").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("sampling")
    void scoresAreProcessedInTheSameWayAndOrder(JsonNode row) {
        float[] scores = new float[row.path("scores").size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) row.path("scores").path(i).asDouble();
        }
        BitSet seen = new BitSet();
        row.path("seen").forEach(id -> seen.set(id.asInt()));
        Sampling settings = new Sampling(
                row.path("temperature").asDouble(),
                row.path("top_p").asDouble(),
                row.path("top_k").asInt(),
                row.path("min_p").asDouble(),
                row.path("repetition_penalty").asDouble(),
                0);
        ScoreProcessors.penalizeRepetition(scores, seen, settings.repetitionPenalty());
        ScoreProcessors.keepWhatMayBeDrawn(scores, settings);
        for (int i = 0; i < scores.length; i++) {
            JsonNode processed = row.path("processed").path(i);
            if (processed.isNull()) {
                assertThat(scores[i]).as("token %s", i).isEqualTo(Float.NEGATIVE_INFINITY);
            } else {
                assertThat((double) scores[i]).as("token %s", i).isCloseTo(processed.asDouble(), within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("beams")
    void beamSearchFindsTheSameTextsWithTheSameScores(JsonNode row) {
        Set<Integer> stopIds = new HashSet<>();
        row.path("eos").forEach(id -> stopIds.add(id.asInt()));
        int beams = row.path("num_beams").asInt();
        Sampling sampling =
                new Sampling(0, 1, 0, 0, row.path("repetition_penalty").asDouble(), 0);
        GenerationSettings settings = new GenerationSettings(
                        sampling, row.path("max_new_tokens").asInt())
                .withBeams(beams, row.path("length_penalty").asDouble())
                .withN(beams);
        try (Torch torch = Torch.cpu();
                Decoder decoder = ParityFixture.of(row.path("case").asText()).decoder(torch, ElementType.FLOAT32);
                BatchGenerator batch = new BatchGenerator(decoder, stopIds, 4, 64)) {
            Generation generation = batch.submit(ParityFixture.ids(row.path("prompt")), settings, id -> {});
            batch.run();
            List<GeneratedText> found = generation.results();
            assertThat(found).hasSize(beams);
            for (int i = 0; i < beams; i++) {
                assertThat(found.get(i).ids())
                        .as("beam %s", i)
                        .isEqualTo(ParityFixture.ids(row.path("ids").path(i)));
                assertThat(found.get(i).score().orElseThrow())
                        .as("score of beam %s", i)
                        .isCloseTo(row.path("scores").path(i).asDouble(), within(1e-4));
            }
            assertThat(Arrays.stream(found.get(0).ids()).noneMatch(id -> stopIds.contains((int) id)))
                    .isTrue();
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(64);
        }
    }
}
