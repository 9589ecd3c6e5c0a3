package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

class AdapterSetTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 77, 31, 60};
    private static final GenerationSettings GREEDY = GenerationSettings.greedy(12);

    private final Torch torch = Torch.cpu();
    private final Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);

    @TempDir
    private Path folder;

    @AfterEach
    void closeTorch() {
        decoder.close();
        torch.close();
    }

    @Test
    void eachAnswersAsItDoesAlone() throws Exception {
        Path dora = dora();
        float[] base = logits(decoder, IDS);
        float[] rsloraAlone = alone(rslora());
        float[] doraAlone = alone(dora);
        try (AdapterSet adapters = new AdapterSet(decoder, "tiny")) {
            adapters.add("stabilised", rslora());
            adapters.add("decomposed", dora);
            assertThat(adapters.names()).containsExactly("stabilised", "decomposed");
            assertThat(logits(decoder, IDS)).isEqualTo(base);
            for (int round = 0; round < 2; round++) {
                adapters.activate("stabilised");
                assertThat(logits(decoder, IDS)).isEqualTo(rsloraAlone).isNotEqualTo(base);
                adapters.activate("decomposed");
                assertThat(adapters.active()).contains("decomposed");
                assertThat(logits(decoder, IDS)).isEqualTo(doraAlone).isNotEqualTo(base);
                adapters.activateBase();
                assertThat(adapters.active()).isEmpty();
                assertThat(logits(decoder, IDS)).isEqualTo(base);
            }
        }
        assertThat(logits(decoder, IDS)).isEqualTo(base);
    }

    @Test
    void aGeneratorForgetsWhatItCachedOfAnotherAdapter() throws Exception {
        try (AdapterSet adapters = new AdapterSet(decoder, "tiny");
                TextGenerator generator = new TextGenerator(decoder, Set.of())) {
            adapters.add("one", rslora());
            adapters.add("two", dora());
            for (String name : new String[] {"one", "two", "one"}) {
                adapters.activate(name);
                try (TextGenerator fresh = new TextGenerator(decoder, Set.of())) {
                    assertThat(generator.generate(IDS, GREEDY)).isEqualTo(fresh.generate(IDS, GREEDY));
                    assertThat(generator.generate(IDS, GREEDY)).isEqualTo(fresh.generate(IDS, GREEDY));
                }
            }
        }
    }

    @Test
    void switchingTakesNoMemoryAndRemovingGivesItBack() throws Exception {
        Path dora = dora();
        int empty = torch.root().aliveCount();
        try (AdapterSet adapters = new AdapterSet(decoder, "tiny")) {
            adapters.add("one", rslora());
            int withOne = torch.root().aliveCount();
            adapters.add("two", dora);
            int withBoth = torch.root().aliveCount();
            for (int i = 0; i < 50; i++) {
                adapters.activate(i % 2 == 0 ? "one" : "two");
                logits(decoder, IDS);
            }
            assertThat(torch.root().aliveCount()).isEqualTo(withBoth).isGreaterThan(withOne);
            adapters.remove("two");
            assertThat(adapters.active()).isEmpty();
            assertThat(torch.root().aliveCount()).isEqualTo(withOne);
            adapters.activate("one");
        }
        assertThat(torch.root().aliveCount()).isEqualTo(empty);
    }

    @Test
    void whatFailsLeavesTheSetAsItWas() {
        Path other = AdapterKind.DORA.fixture().folder().resolve("adapter");
        try (AdapterSet adapters = new AdapterSet(decoder, "models/tiny")) {
            assertThatThrownBy(() -> adapters.activate("one")).hasMessage("There is no adapter one: add one first");
            adapters.add("one", rslora());
            adapters.activate("one");
            assertThatThrownBy(() -> adapters.add("one", rslora()))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("There is an adapter one already");
            assertThatThrownBy(() -> adapters.add("other", other))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("made for tiny-random; the model loaded is models/tiny");
            assertThatThrownBy(() -> adapters.activate("other"))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessage("There is no adapter other: choose from one");
            assertThat(adapters.names()).containsExactly("one");
            assertThat(adapters.active()).contains("one");
        }
    }

    private float[] alone(Path adapterFolder) {
        try (LoraAdapter adapter = PeftAdapterFiles.load(adapterFolder, decoder)) {
            adapter.attach();
            float[] result = logits(decoder, IDS);
            adapter.detach();
            return result;
        }
    }

    private static Path rslora() {
        return AdapterKind.RSLORA.fixture().folder().resolve("adapter");
    }

    private Path dora() throws Exception {
        LoraConfig config = AdapterFixtures.EVERY_PROJECTION.withWeightDecomposed(true);
        try (LoraAdapter adapter = AdapterFixtures.random(decoder, config, 4)) {
            PeftAdapterFiles.writeInto(folder, adapter, decoder, "tiny-random");
        }
        return folder;
    }
}
