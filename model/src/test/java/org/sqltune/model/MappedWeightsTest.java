package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvCache;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** A model file that somebody changes while the model is used: a line before the next step, and no crash. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows refuses to change a mapped file")
class MappedWeightsTest {
    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();
    private Path weights;

    @BeforeEach
    void copyModel() {
        TestFolders.copyFixture("gqa_tied", folder);
        weights = folder.resolve("model.safetensors");
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void aMappedFileThatIsCutShortIsALineBeforeTheNextAnswerAndTheNextStep() throws IOException {
        try (Decoder decoder = decoder(0);
                KvCache cache = decoder.newCache(8);
                TensorScope scope = torch.scope()) {
            assertThat(decoder.next(cache, 1, 2)).hasSize(decoder.config().vocabSize());
            long whole = Files.size(weights);
            cutTo(100);
            String told = weights + " has 100 bytes, but had " + whole + " when the model was loaded";
            assertRefused(() -> decoder.next(cache, 3), told);
            TokenBatch batch = TokenBatch.sequence(1, 2, 3);
            assertRefused(() -> decoder.prepare(scope, batch), told);
            assertRefused(() -> decoder.prepareForTargets(scope, batch), told);
        }
    }

    @Test
    void aMappedFileThatIsWrittenToIsTold() throws IOException {
        try (Decoder decoder = decoder(0);
                KvCache cache = decoder.newCache(8)) {
            try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
                file.seek(file.length() - 8);
                file.writeLong(0);
            }
            Files.setLastModifiedTime(weights, FileTime.fromMillis(0));
            assertRefused(() -> decoder.next(cache, 1), weights + " was written to at 1970-01-01T00:00:00Z");
        }
    }

    @Test
    void aFileThatIsReplacedByAnotherLivesOn() throws IOException {
        try (Decoder decoder = decoder(0);
                KvCache cache = decoder.newCache(8);
                KvCache later = decoder.newCache(8)) {
            float[] before = decoder.next(cache, 1, 2, 3);
            Path other = Files.write(folder.resolve("other"), new byte[10]);
            Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);
            assertThat(decoder.next(later, 1, 2, 3)).isEqualTo(before);
            Files.delete(weights);
            assertThat(decoder.next(later, 4)).isNotEmpty();
        }
    }

    @Test
    void aSmallFileIsCopiedSoThatNothingMatters() throws IOException {
        try (Decoder mapped = decoder(0);
                Decoder decoder = decoder(SafetensorsReader.COPIED_BELOW);
                KvCache first = mapped.newCache(8);
                KvCache cache = decoder.newCache(8)) {
            float[] expected = mapped.next(first, 1, 2, 3);
            cutTo(0);
            // Products may be summed in another order where the numbers lie at another address.
            assertThat(decoder.next(cache, 1, 2, 3)).containsExactly(expected, within(1e-5f));
        }
    }

    @Test
    void aFileThatIsCutShortBeforeItIsReadIsNamed() throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, folder)) {
            cutTo(Files.size(weights) / 2);
            assertRefused(
                    () -> reader.readApart(
                            torch.root(),
                            "model.norm.weight",
                            reader.info("model.norm.weight").shape()),
                    weights + " is cut off");
        }
    }

    /** Another program that cuts the file waits for the answer after next, which says so while the file is whole. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void onLinuxTheOtherProgramWaits() throws IOException, InterruptedException {
        long whole = Files.size(weights);
        Process other;
        try (Decoder decoder = decoder(0, true);
                KvCache cache = decoder.newCache(8)) {
            assertThat(decoder.next(cache, 1, 2)).isNotEmpty();
            other = new ProcessBuilder("sh", "-c", ": > " + weights).start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            assertThatThrownBy(() -> {
                        while (System.nanoTime() < end) {
                            cache.truncate(0);
                            decoder.next(cache, 1);
                        }
                    })
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining(weights + " is about to be written to by another program");
            assertThat(weights).hasSize(whole);
            assertThat(other.isAlive()).isTrue();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(weights).hasSize(0);
    }

    private Decoder decoder(long copiedBelow) {
        return decoder(copiedBelow, false);
    }

    private Decoder decoder(long copiedBelow, boolean leased) {
        DecoderConfig config = DecoderConfigReader.read(folder);
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, folder, copiedBelow, leased)) {
            return new Decoder(
                    torch,
                    config,
                    ElementType.FLOAT32,
                    new StoredWeights(torch, reader, ElementType.FLOAT32, Quantization.NONE, WeightLayout.PLAIN));
        }
    }

    private void cutTo(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    private static void assertRefused(ThrowingCallable action, String told) {
        assertThatThrownBy(action)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(told)
                .message()
                .doesNotContain("\n");
    }
}
