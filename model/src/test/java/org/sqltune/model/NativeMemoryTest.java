package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvCache;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** Whatever is made is freed: tensors are counted, since the garbage collector frees none. */
class NativeMemoryTest {
    private static final ParityFixture FIXTURE = ParityFixture.of("tiny_llama_with_tokenizer");
    private static final long[] IDS = {1, 5, 9, 40, 2, 77, 31, 60};

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void theCountSeesTensorsOfInnerScopes() {
        int start = alive();
        try (TensorScope outer = torch.scope();
                TensorScope inner = outer.child()) {
            inner.longs(new long[] {1}, 1);
            assertThat(alive()).isEqualTo(start + 1);
            outer.keep(inner.longs(new long[] {2}, 1));
            assertThat(alive()).isEqualTo(start + 2);
        }
        assertThat(alive()).isEqualTo(start);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "BFLOAT16"})
    void fiftyForwardPassesLeaveNothingBehind(ElementType type) {
        int start = alive();
        try (Decoder decoder = FIXTURE.decoder(torch, type)) {
            int loaded = alive();
            assertThat(loaded).isGreaterThan(start);
            for (int i = 0; i < 50; i++) {
                logits(decoder, IDS);
            }
            assertThat(alive()).isEqualTo(loaded);
        }
        assertThat(alive()).isEqualTo(start);
    }

    @Test
    void fiftyGenerationsLeaveOnlyTheCacheAndClosingFreesThat() {
        try (Decoder decoder = FIXTURE.decoder(torch, ElementType.FLOAT32)) {
            int loaded = alive();
            try (TextGenerator generator = new TextGenerator(decoder, Set.of())) {
                generator.generate(IDS, GenerationSettings.greedy(4));
                int cached = alive();
                assertThat(cached).isEqualTo(loaded + 2 * decoder.config().layers());
                for (int i = 0; i < 50; i++) {
                    generator.generate(new long[] {1, i, 7}, GenerationSettings.greedy(4));
                }
                assertThat(alive()).isEqualTo(cached);
                generator.generate(new long[1000], GenerationSettings.greedy(1));
                assertThat(alive()).as("after the cache has grown").isEqualTo(cached);
            }
            assertThat(alive()).isEqualTo(loaded);
        }
    }

    @Test
    void aFailedStepLeavesNothingBehind() {
        try (Decoder decoder = FIXTURE.decoder(torch, ElementType.FLOAT32);
                KvCache cache = decoder.newCache(4)) {
            int before = alive();
            assertThatThrownBy(() -> decoder.next(cache, 1, 2, 3, 4, 5)).isInstanceOf(SqlTuneException.class);
            assertThat(alive()).isEqualTo(before);
        }
    }

    @Test
    void aModelFreesItsDecoderItsAdaptersAndItsGenerators() {
        int start = alive();
        try (LanguageModel model = LanguageModel.load(torch, FIXTURE.folder(), null)) {
            int loaded = alive();
            Path adapter = FIXTURE.folder().resolve("trained_adapter");
            model.loadAdapter(adapter);
            int adapted = alive();
            assertThat(adapted).isGreaterThan(loaded);
            model.loadAdapter(adapter);
            assertThat(alive()).as("one adapter in place of another").isEqualTo(adapted);
            try (TextGenerator generator = model.newGenerator()) {
                generator.generate(IDS, GenerationSettings.greedy(4));
            }
            assertThat(alive()).isEqualTo(adapted);
            model.removeAdapter();
            assertThat(alive()).isEqualTo(loaded);
            model.loadAdapter(adapter);
        }
        assertThat(alive()).isEqualTo(start);
    }

    @Test
    void mergingFreesTheWeightsThatItReplaces() {
        try (LanguageModel model = LanguageModel.load(torch, FIXTURE.folder(), null)) {
            int loaded = alive();
            model.loadAdapter(FIXTURE.folder().resolve("trained_adapter")).merge();
            model.removeAdapter();
            assertThat(alive()).isEqualTo(loaded);
        }
    }

    @Test
    void aRandomModelIsFreedToo() {
        int start = alive();
        LanguageModel.random(torch, FIXTURE.folder(), ElementType.BFLOAT16, 1).close();
        assertThat(alive()).isEqualTo(start);
    }

    @Test
    void aModelThatDoesNotLoadLeavesNothingBehind(@TempDir Path folder) {
        TestFolders.copyFixture("tiny_llama_with_tokenizer", folder);
        TestFolders.editJson(folder.resolve("config.json"), config -> config.put("num_hidden_layers", 3));
        int start = alive();
        assertThatThrownBy(() -> LanguageModel.load(torch, folder, null))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("has no tensor model.layers.2.");
        assertThat(alive()).isEqualTo(start);
    }

    private int alive() {
        return torch.root().aliveCount();
    }
}
