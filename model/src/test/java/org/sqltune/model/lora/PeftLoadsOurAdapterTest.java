package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;
import static org.sqltune.model.parity.DecoderResults.row;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.parity.PythonScript;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/**
 * An adapter saved here, loaded by PEFT in Python. Needs a Python with tools/parity/requirements.txt, named by the system
 * property {@code sqltune.python}.
 */
@Tag("heavy")
class PeftLoadsOurAdapterTest {
    private static final double TOLERANCE = 1e-4;
    private static final int ROWS = 2;
    private static final int LENGTH = 24;

    private static final Map<String, Double> FIGURES = new TreeMap<>();

    @AfterAll
    static void writeFigures() throws IOException {
        StringBuilder text = new StringBuilder("| base | kind | logits, largest difference |\n|---|---|---|\n");
        FIGURES.forEach((name, figure) -> text.append(String.format("| %s | %.1e |%n", name, figure)));
        Files.writeString(Path.of("target", "peft-loads-ours.md"), text);
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gqa_tied",
                "mha_untied",
                "mqa_bias_headdim",
                "mistral_tiny",
                "mistral_window",
                "qwen2",
                "qwen3",
                "gemma2",
                "phi3",
                "gpt_neox"
            })
    void peftGetsTheSameLogits(String fixtureName) throws Exception {
        compare(fixtureName, "lora", AdapterFixtures.EVERY_PROJECTION, new LoraInitialization.Uniform());
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, rslora",
        "gqa_tied, dora",
        "mqa_bias_headdim, dora",
        "phi3, dora",
        "gpt_neox, dora",
        "phi3, dora rslora",
        "gqa_tied, pissa",
        "phi3, pissa rslora",
        "gqa_tied, pissa patterns",
        "gqa_tied, pissa rslora patterns",
        "mha_untied, patterns",
        "gqa_tied, dora patterns",
        "mha_untied, layers"
    })
    void peftGetsTheSameLogitsOfEveryKind(String fixtureName, String kinds) throws Exception {
        LoraConfig config = AdapterFixtures.EVERY_PROJECTION
                .withRankStabilized(kinds.contains("rslora"))
                .withWeightDecomposed(kinds.contains("dora"));
        if (kinds.contains("patterns")) {
            Map<String, Integer> ranks = new LinkedHashMap<>();
            ranks.put("layers.1.self_attn.q_proj", 2);
            ranks.put("q_proj", 5);
            ranks.put("[01]\\.mlp\\.(up|down)_proj", 1);
            config = config.withPatterns(
                    new ModulePatterns<>(ranks), new ModulePatterns<>(Map.of("k_proj", 9.0, "v_proj", 2.5)));
        }
        if (kinds.contains("layers")) {
            config = config.withLayers(List.of(0, 2));
        }
        boolean pissa = kinds.contains("pissa");
        compare(
                fixtureName,
                kinds,
                config,
                pissa ? new LoraInitialization.Principal(0) : new LoraInitialization.Uniform());
    }

    private void compare(String fixtureName, String name, LoraConfig config, LoraInitialization initialization)
            throws Exception {
        ParityFixture base = ParityFixture.of(fixtureName);
        try (Torch torch = Torch.cpu();
                Decoder decoder = base.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(decoder, config, initialization, 7)) {
            long[][] ids = ids(decoder.config().vocabSize());
            Path saved = Files.createDirectory(folder.resolve("adapter"));
            PeftAdapterFiles.writeInto(saved, adapter, decoder, fixtureName);
            runPeft(base.folder(), saved, ids);
            int vocabulary = decoder.config().vocabSize();
            float[] ofPeft = new ParityFixture(folder).floats(torch, "peft.safetensors", "logits");
            assertThat(ofPeft).hasSize(ROWS * LENGTH * vocabulary);
            float[] withoutAdapter = logits(decoder, ids[0]);
            adapter.attach();
            double largest = 0;
            for (int i = 0; i < ROWS; i++) {
                double difference = largestDifference(logits(decoder, ids[i]), row(ofPeft, i, LENGTH * vocabulary));
                largest = Math.max(largest, difference);
            }
            FIGURES.put(fixtureName + " | " + name, largest);
            assertThat(largest).as("largest difference of logits").isLessThan(TOLERANCE);
            assertThat(largestDifference(withoutAdapter, row(ofPeft, 0, LENGTH * vocabulary)))
                    .as("the adapter matters")
                    .isGreaterThan(0.1);
        }
    }

    private void runPeft(Path base, Path adapter, long[][] ids) throws IOException, InterruptedException {
        Path idsFile = folder.resolve("ids.json");
        new ObjectMapper().writeValue(idsFile.toFile(), ids);
        new PythonScript("check_adapter.py").run(base, adapter, idsFile, folder.resolve("peft.safetensors"));
    }

    private static long[][] ids(int vocabulary) {
        Random random = new Random(5);
        long[][] ids = new long[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            ids[i] = random.longs(LENGTH, 3, vocabulary).toArray();
        }
        return ids;
    }
}
