package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.decoder.PagedDecoder;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.decoder.TextAdapter;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.quantization.PackedHalfWeight;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** A model whose weights are in fp16 answers as with the plain ones, but for rounding. */
class PackedHalfModelTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 57, 31, 60};

    private final Torch torch = Torch.cpu();

    /** Elsewhere the loader goes on without. */
    @BeforeEach
    void assumeTheProcessorMultipliesSo() {
        assumeThat(PackedHalfWeight.isSupported(torch))
                .as("FBGEMM multiplies on x86-64 with AVX2; others go on with plain weights, as all other tests do")
                .isTrue();
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gqa_tied", "mha_untied", "mqa_bias_headdim", "qwen2", "qwen3", "phi3", "gemma2", "gpt_neox"})
    void scoresAreThoseOfThePlainWeights(String fixture) {
        try (Decoder packed = decoder(fixture, WeightLayout.HALF);
                Decoder plain = decoder(fixture, WeightLayout.PLAIN)) {
            assertThat(difference(logits(packed, IDS), logits(plain, IDS))).isLessThan(0.003);
            assertThat(difference(paged(packed, TextAdapter.NONE), paged(plain, TextAdapter.NONE)))
                    .isLessThan(0.003);
        }
    }

    @Test
    void textsOfABatchAreThoseOfOneByOne() {
        try (Decoder decoder = decoder("gqa_tied", WeightLayout.HALF)) {
            List<long[]> prompts =
                    List.of(IDS, new long[] {1, 5, 9, 8}, new long[] {3}, new long[] {1, 5, 9, 40, 2, 57, 31, 61});
            List<long[]> alone = new ArrayList<>();
            prompts.forEach(prompt -> alone.addAll(generated(decoder, List.of(prompt))));
            assertThat(generated(decoder, prompts)).usingRecursiveComparison().isEqualTo(alone);
        }
    }

    /** Of joined linear layers all, or some, have an adapter, whose norms come from weights that are brought back. */
    @ParameterizedTest
    @CsvSource({
        "qwen2, false, ''",
        "gqa_tied, true, ''",
        "gqa_tied, false, 'q_proj,v_proj'",
        "gqa_tied, true, 'up_proj'"
    })
    void adaptersWorkOnTopOfIt(String fixture, boolean decomposed, String modules) {
        List<String> targets = modules.isEmpty() ? List.of(LoraConfig.ALL_LINEAR) : List.of(modules.split(","));
        LoraConfig config = new LoraConfig(4, 8, 0, targets).withWeightDecomposed(decomposed);
        try (Decoder packed = decoder(fixture, WeightLayout.HALF);
                Decoder plain = decoder(fixture, WeightLayout.PLAIN);
                LoraAdapter one = DisturbedAdapter.of(torch, packed, config);
                LoraAdapter other = DisturbedAdapter.of(torch, plain, config)) {
            float[] base = logits(packed, IDS);
            float[] ofTexts = paged(packed, one.forTexts("one"));
            one.attach();
            other.attach();
            float[] expected = logits(plain, IDS);
            assertThat(difference(base, expected)).isGreaterThan(0.05);
            assertThat(difference(logits(packed, IDS), expected)).isLessThan(0.003);
            assertThat(difference(ofTexts, paged(plain, TextAdapter.NONE))).isLessThan(0.003);
            assertThatThrownBy(one::merge)
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("inference.weights: bf16");
        }
    }

    @Test
    void manyPassesLeaveNothingBehind() {
        int start = torch.root().aliveCount();
        try (Decoder decoder = decoder("gqa_tied", WeightLayout.HALF)) {
            int loaded = torch.root().aliveCount();
            for (int i = 0; i < 20; i++) {
                logits(decoder, IDS);
                generated(decoder, List.of(IDS));
            }
            assertThat(torch.root().aliveCount()).isEqualTo(loaded);
        }
        assertThat(torch.root().aliveCount()).isEqualTo(start);
    }

    private static float[] paged(Decoder decoder, TextAdapter adapter) {
        try (KvPool pool = decoder.newPool(4);
                PagedDecoder paged = decoder.paged();
                PagedText text = pool.newText(adapter)) {
            text.reserve(IDS.length);
            return paged.next(pool, List.of(new NewTokens(text, IDS)))[0];
        }
    }

    /** Root mean square of the differences, as a share of the expected numbers'. */
    private static double difference(float[] found, float[] expected) {
        double differences = 0;
        double all = 0;
        for (int i = 0; i < expected.length; i++) {
            differences += Math.pow(found[i] - expected[i], 2);
            all += Math.pow(expected[i], 2);
        }
        return Math.sqrt(differences / all);
    }

    private static List<long[]> generated(Decoder decoder, List<long[]> prompts) {
        try (BatchGenerator generator = new BatchGenerator(
                decoder, Set.of(), prompts.size(), KvPool.pagesFor(decoder.config(), decoder.type(), 1))) {
            List<Generation> texts = new ArrayList<>();
            prompts.forEach(prompt -> texts.add(generator.submit(prompt, GenerationSettings.greedy(12), id -> {})));
            generator.run();
            return texts.stream().map(Generation::ids).toList();
        }
    }

    private Decoder decoder(String fixture, WeightLayout layout) {
        Path folder = ParityFixture.of(fixture).folder();
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, folder)) {
            return new Decoder(
                    torch,
                    DecoderConfigReader.read(folder),
                    ElementType.FLOAT32,
                    new StoredWeights(torch, files, ElementType.FLOAT32, Quantization.NONE, layout));
        }
    }
}
