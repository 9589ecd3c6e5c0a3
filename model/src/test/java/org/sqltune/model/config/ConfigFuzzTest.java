package org.sqltune.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.model.TestFolders;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvCache;
import org.sqltune.model.fuzz.JsonMutation;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/**
 * Whatever config.json says, the weights beside it load and compute, or one line says why not: no other exception, no
 * crash, nothing left behind in native memory.
 */
class ConfigFuzzTest {
    private static final List<String> FAMILIES =
            List.of("gqa_tied", "mistral_window", "gemma2", "gpt_neox", "phi3", "qwen2", "qwen3", "llama3_rope");

    private static final Map<String, String> CONFIGS = new HashMap<>();
    private static Path folder;
    private static Torch torch;

    @BeforeContainer
    static void open() throws IOException {
        torch = Torch.cpu();
        folder = Files.createTempDirectory("fuzzed");
        for (String family : FAMILIES) {
            Path copy = TestFolders.copyFixture(family, folder.resolve(family));
            CONFIGS.put(family, Files.readString(copy.resolve("config.json")));
        }
    }

    @AfterContainer
    static void close() throws IOException {
        torch.close();
        AtomicFiles.deleteRecursively(folder);
    }

    @Provide
    Arbitrary<String> families() {
        return Arbitraries.of(FAMILIES);
    }

    @Provide
    Arbitrary<List<JsonMutation>> mutations() {
        return JsonMutation.any().list().ofMinSize(0).ofMaxSize(3);
    }

    @Property(tries = 400, seed = "20261121", edgeCases = EdgeCasesMode.NONE)
    void damagedConfigs(@ForAll("families") String family, @ForAll("mutations") List<JsonMutation> mutations)
            throws IOException {
        load(family, mutations);
    }

    /** Another seed each time; a failure names it. */
    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("heavy")
    void manyDamagedConfigs(@ForAll("families") String family, @ForAll("mutations") List<JsonMutation> mutations)
            throws IOException {
        load(family, mutations);
    }

    private static void load(String family, List<JsonMutation> mutations) throws IOException {
        String config = Objects.requireNonNull(CONFIGS.get(family));
        for (JsonMutation mutation : mutations) {
            config = mutation.apply(config);
        }
        Path model = folder.resolve(family);
        Files.write(model.resolve("config.json"), config.getBytes(StandardCharsets.UTF_8));
        int before = torch.root().aliveCount();
        try (Decoder decoder = new ParityFixture(model).decoder(torch, ElementType.FLOAT32);
                KvCache cache = decoder.newCache(4)) {
            assertThat(decoder.next(cache, 1, 2, 3)).hasSize(decoder.config().vocabSize());
        } catch (SqlTuneException e) {
            assertThat(e).message().contains(model.toString()).doesNotContainPattern("\\R|\\p{Cntrl}");
        }
        assertThat(torch.root().aliveCount()).isEqualTo(before);
    }
}
