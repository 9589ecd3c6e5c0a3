package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.decoder.NextScores;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.quantization.Int8Weight;
import org.sqltune.model.quantization.PackedBfloat16Weight;
import org.sqltune.model.quantization.PackedHalfWeight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.RandomWeights;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/** Under a constraint only some rows of a large head are computed, and the text is that of all rows. */
class LargeHeadTest {
    private static final long[] PROMPT = {1, 5, 9, 40, 2, 57};
    private static final Set<Integer> STOP_IDS = Set.of(7);

    private final Torch torch = Torch.cpu();

    @TempDir
    private Path folder;

    /** How the head is held, and how many columns make it large. */
    private enum Head {
        FP32(256, ElementType.FLOAT32),
        BF16(512, ElementType.BFLOAT16),
        PACKED_BF16(512, ElementType.BFLOAT16),
        PACKED_FP16(512, ElementType.FLOAT32),
        INT8(1024, ElementType.FLOAT32),
        INT8_BESIDE_BF16(1024, ElementType.BFLOAT16);

        private final int columns;
        private final ElementType type;

        Head(int columns, ElementType type) {
            this.columns = columns;
            this.type = type;
        }

        /** What may lie between a row's score and the same computed by itself. */
        double mostBetween() {
            return eightBits() ? 0 : type == ElementType.FLOAT32 ? 1e-5 : 0.02;
        }

        boolean eightBits() {
            return this == INT8 || this == INT8_BESIDE_BF16;
        }
    }

    @AfterEach
    void close() {
        torch.close();
    }

    @ParameterizedTest
    @EnumSource(Head.class)
    void aConstrainedTextIsThatOfTheWholeRows(Head head) throws IOException {
        if (head == Head.PACKED_BF16) {
            assumeThat(PackedBfloat16Weight.isSupported(torch)).isTrue();
        }
        if (head == Head.PACKED_FP16) {
            assumeThat(PackedHalfWeight.isSupported(torch)).isTrue();
        }
        if (head.eightBits()) {
            assumeThat(PackedInt8Weight.isSupported(torch)).isTrue();
        }
        try (Decoder decoder = decoder(head, 32_000, source(head))) {
            for (long seed = 0; seed < 4; seed++) {
                List<long[]> sequences = sequences(new Random(seed));
                TokenConstraint constraint = TrieConstraint.of(sequences).withoutForcing();
                GeneratedText found = new BatchOfOne(decoder, STOP_IDS)
                        .results(PROMPT, GenerationSettings.greedy(20), constraint)
                        .get(0);
                assertThat(found.ids()).hasSize(6);
                assertBestOfWholeRows(decoder, TrieConstraint.of(sequences), found.ids(), head);
            }
        }
    }

    /** Each of its tokens has the highest score of those that the constraint and the end of the text allow. */
    private static void assertBestOfWholeRows(Decoder decoder, TokenConstraint constraint, long[] ids, Head head) {
        try (KvPool pool = decoder.newPool(8)) {
            PagedText text = pool.newText();
            assertThat(text.reserve(PROMPT.length + ids.length)).isTrue();
            for (int i = 0; i < ids.length; i++) {
                long[] next = i == 0 ? PROMPT : new long[] {ids[i - 1]};
                try (NextScores scores = decoder.paged().scores(pool, List.of(new NewTokens(text, next)))) {
                    assertThat(scores.costly()).isTrue();
                    int[] allowed =
                            BitSet.valueOf(constraint.allowed(20 - i)).stream().toArray();
                    float[] few = scores.of(0, allowed);
                    float[] row = scores.row(0);
                    double[] same =
                            IntStream.of(allowed).mapToDouble(each -> row[each]).toArray();
                    for (int k = 0; k < allowed.length; k++) {
                        assertThat((double) few[k]).isCloseTo(same[k], within(head.mostBetween()));
                    }
                    double best = DoubleStream.of(same).max().orElseThrow();
                    assertThat((double) row[(int) ids[i]]).isCloseTo(best, within(head.mostBetween()));
                }
                constraint.advance((int) ids[i]);
            }
            text.close();
        }
    }

    /** Of six tokens each, which branch at most places. */
    private static List<long[]> sequences(Random random) {
        List<long[]> sequences = new ArrayList<>();
        long[] before = random.longs(6, 10, 500).toArray();
        for (int i = 0; i < 60; i++) {
            long[] sequence = Arrays.copyOf(before, 6);
            for (int k = random.nextInt(6); k < 6; k++) {
                sequence[k] = 10 + random.nextInt(490);
            }
            sequences.add(sequence);
            before = sequences.get(random.nextInt(sequences.size()));
        }
        return sequences;
    }

    /**
     * Whatever the processor: rows of 8 bits are multiplied as integers here, also where whole heads aren't. Beside it stands the
     * same model whose head is what the codes stand for.
     */
    @Test
    void rowsInEightBitsAreMultipliedByWhatTheyStandFor() throws IOException {
        int[] tokens = {3, 1999, 7, 500, 1, 1024};
        float[] found = few(Head.INT8, source(Head.INT8), tokens);
        float[] expected = few(
                Head.FP32,
                config -> {
                    WeightSource random = new RandomWeights(torch, ElementType.FLOAT32, config, 3);
                    return (owner, name, shape) -> name.startsWith("lm_head")
                            ? Int8Weight.quantize(torch, owner, name, random.weight(owner, name, shape))
                                    .dequantize(owner, ElementType.FLOAT32)
                            : random.weight(owner, name, shape);
                },
                tokens);
        float largest = 0;
        for (float each : expected) {
            largest = Math.max(largest, Math.abs(each));
        }
        assertThat(largest).isGreaterThan(0.1f);
        assertThat(found).containsExactly(expected, within(largest / 5000));
    }

    private float[] few(Head head, Function<DecoderConfig, WeightSource> source, int... tokens) throws IOException {
        try (Decoder decoder = decoder(head, 2000, source);
                KvPool pool = decoder.newPool(8)) {
            PagedText text = pool.newText();
            assertThat(text.reserve(PROMPT.length)).isTrue();
            try (NextScores scores = decoder.paged().scores(pool, List.of(new NewTokens(text, PROMPT)))) {
                return scores.of(0, tokens);
            }
        }
    }

    private Function<DecoderConfig, WeightSource> source(Head head) {
        return config -> new Source(torch, head, config);
    }

    private Decoder decoder(Head head, int vocabulary, Function<DecoderConfig, WeightSource> source)
            throws IOException {
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "hidden_size": %d,
                 "intermediate_size": 64, "max_position_embeddings": 256, "num_attention_heads": 4,
                 "num_hidden_layers": 1, "num_key_value_heads": 2, "rms_norm_eps": 1e-05, "rope_theta": 10000.0,
                 "tie_word_embeddings": %s, "vocab_size": %d, "bos_token_id": 1, "eos_token_id": 2}
                """.formatted(
                        vocabulary == 2000 ? 64 : head.columns, vocabulary > 2000, vocabulary));
        DecoderConfig config = DecoderConfigReader.read(folder);
        return new Decoder(torch, config, head.type, source.apply(config));
    }

    /** Random weights with a head that is held so. */
    private static final class Source implements WeightSource {
        private final Torch torch;
        private final Head head;
        private final WeightSource random;

        Source(Torch torch, Head head, DecoderConfig config) {
            this.torch = torch;
            this.head = head;
            this.random = new RandomWeights(torch, head.type, config, 3);
        }

        @Override
        public Tensor weight(TensorScope owner, String name, long... shape) {
            return random.weight(owner, name, shape);
        }

        @Override
        public Optional<QuantizedWeight> packedHead(TensorScope owner, Weight weight) {
            return switch (head) {
                case FP32, BF16 -> Optional.empty();
                case PACKED_BF16 -> Optional.of(PackedBfloat16Weight.pack(torch, owner, List.of(weight.value())));
                case PACKED_FP16 ->
                    Optional.of(PackedHalfWeight.pack(torch, owner, List.of(weight.name()), List.of(weight.value())));
                case INT8, INT8_BESIDE_BF16 ->
                    Optional.of(PackedInt8Weight.quantize(
                            torch,
                            PackedInt8Weight.layout(torch).orElseThrow(),
                            owner,
                            List.of(weight.name()),
                            List.of(weight.value())));
            };
        }
    }
}
