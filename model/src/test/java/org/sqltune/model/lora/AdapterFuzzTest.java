package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
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
import org.sqltune.model.fuzz.JsonMutation;
import org.sqltune.model.fuzz.SafetensorsMutation;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/**
 * Whatever is done to an adapter's files, it loads, or one line says why not: no other exception, no crash, nothing left
 * behind in native memory.
 */
class AdapterFuzzTest {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";

    private static Path folder;
    private static Torch torch;
    private static Decoder decoder;
    private static String config;
    private static byte[] weights;

    @BeforeContainer
    static void open() throws IOException {
        ParityFixture fixture = ParityFixture.of("gqa_tied");
        folder = TestFolders.copyFiles(fixture.folder().resolve("adapter"), Files.createTempDirectory("fuzzed"));
        torch = Torch.cpu();
        decoder = fixture.decoder(torch, ElementType.FLOAT32);
        config = Files.readString(folder.resolve(CONFIG));
        weights = Files.readAllBytes(folder.resolve(WEIGHTS));
    }

    @AfterContainer
    static void close() throws IOException {
        decoder.close();
        torch.close();
        AtomicFiles.deleteRecursively(folder);
    }

    @Provide
    Arbitrary<SafetensorsMutation> weightMutations() {
        return SafetensorsMutation.any();
    }

    @Provide
    Arbitrary<List<JsonMutation>> configMutations() {
        return JsonMutation.any().list().ofMinSize(1).ofMaxSize(4);
    }

    @Example
    void theOriginalLoads() throws IOException {
        assertThat(load(config, weights)).isTrue();
    }

    @Property(tries = 1500, seed = "20261121", edgeCases = EdgeCasesMode.NONE)
    void damagedWeights(@ForAll("weightMutations") SafetensorsMutation mutation) throws IOException {
        load(config, mutation.apply(weights));
    }

    @Property(tries = 1500, seed = "20261121", edgeCases = EdgeCasesMode.NONE)
    void damagedSettings(@ForAll("configMutations") List<JsonMutation> mutations) throws IOException {
        load(mutated(mutations), weights);
    }

    /** Another seed each time; a failure names it. */
    @Property(tries = 200_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("heavy")
    void manyDamagedAdapters(
            @ForAll("configMutations") List<JsonMutation> mutations,
            @ForAll("weightMutations") SafetensorsMutation mutation,
            @ForAll boolean settings)
            throws IOException {
        load(settings ? mutated(mutations) : config, settings ? weights : mutation.apply(weights));
    }

    private static String mutated(List<JsonMutation> mutations) {
        String changed = config;
        for (JsonMutation mutation : mutations) {
            changed = mutation.apply(changed);
        }
        return changed;
    }

    /** Whether it was loaded. */
    private static boolean load(String settings, byte... tensors) throws IOException {
        Files.write(folder.resolve(CONFIG), settings.getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve(WEIGHTS), tensors);
        int before = torch.root().aliveCount();
        try (LoraAdapter adapter = PeftAdapterFiles.load(folder, decoder)) {
            assertThat(adapter.linears())
                    .allSatisfy(linear -> assertThat(
                                    adapter.config().scale(linear.projection().path()))
                            .isFinite());
            assertThat(adapter.tensors().values())
                    .allSatisfy(tensor -> assertThat(tensor.count()).isPositive());
            return true;
        } catch (SqlTuneException e) {
            assertThat(e).message().contains(folder.toString()).doesNotContainPattern("\\R|\\p{Cntrl}");
            return false;
        } finally {
            assertThat(torch.root().aliveCount()).isEqualTo(before);
        }
    }
}
