package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.parity.PythonScript;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** A base with an adapter merged here, in shards, loaded by transformers in Python. */
@Tag("heavy")
class TransformersLoadsOurMergedModelTest {
    private static final double TOLERANCE = 1e-4;
    private static final int LENGTH = 24;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gqa_tied",
                "mha_untied",
                "mqa_bias_headdim",
                "mistral_window",
                "qwen2",
                "qwen3",
                "gemma2",
                "phi3",
                "gpt_neox"
            })
    void transformersGetsTheSameLogits(String fixtureName) throws Exception {
        ParityFixture base = ParityFixture.of(fixtureName);
        Path merged = folder.resolve("merged");
        try (Torch torch = Torch.cpu();
                Decoder decoder = base.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(decoder, AdapterFixtures.EVERY_PROJECTION, 7)) {
            long[] ids =
                    new Random(5).longs(LENGTH, 3, decoder.config().vocabSize()).toArray();
            new MergedModelWriter(torch, 20_000).write(merged, base.folder(), adapter, ProgressListener.NONE);
            assertThat(merged.resolve("model.safetensors.index.json")).exists();
            Path idsFile = folder.resolve("ids.json");
            new ObjectMapper().writeValue(idsFile.toFile(), new long[][] {ids});
            new PythonScript("check_merged.py").run(merged, idsFile, folder.resolve("merged.safetensors"));
            float[] ofTransformers = new ParityFixture(folder).floats(torch, "merged.safetensors", "logits");
            adapter.attach();
            assertThat(largestDifference(logits(decoder, ids), ofTransformers))
                    .as("largest difference of logits")
                    .isLessThan(TOLERANCE);
        }
    }
}
