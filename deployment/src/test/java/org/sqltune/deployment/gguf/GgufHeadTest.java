package org.sqltune.deployment.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;

class GgufHeadTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("model.gguf");
        GgufMetadata metadata = new GgufMetadata()
                .put("general.architecture", "llama")
                .put("llama.block_count", 2)
                .put("llama.rope.freq_base", 10_000f)
                .put("tokenizer.ggml.add_bos_token", true)
                .put("tokenizer.ggml.tokens", List.of("a", "ü", "", "b", "c", "d", "e\nf"))
                .put("tokenizer.ggml.token_type", 1, 1, 3, 1, 1, 1, 1)
                .put("tokenizer.chat_template", "{{ " + "x".repeat(200) + "\n }}");
        GgufWriter.write(
                file,
                metadata,
                List.of(
                        GgufTensor.matrix("token_embd.weight", GgufType.Q4_K, 7, 256, (row, into) -> into[row] = 1),
                        GgufTensor.vector("output_norm.weight", 256, (row, into) -> into[0] = 1)),
                ProgressListener.NONE);
    }

    @Test
    void whatWasWrittenIsRead() {
        GgufHead head = GgufHead.read(file);

        assertThat(head.version()).isEqualTo(3);
        assertThat(head.metadata())
                .containsEntry("llama.block_count", 2L)
                .containsEntry("llama.rope.freq_base", 10_000.0)
                .containsEntry("tokenizer.ggml.add_bos_token", true)
                .containsEntry("tokenizer.ggml.tokens", List.of("a", "ü", "", "b", "c", "d", "e\nf"));
        assertThat(head.tensors())
                .containsExactly(
                        new GgufHead.TensorEntry("token_embd.weight", List.of(256L, 7L), "q4_K", 0, 7 * 144),
                        new GgufHead.TensorEntry("output_norm.weight", List.of(256L), "f32", 1024, 1024));
    }

    @Test
    void aDescriptionHasALineForEachKeyAndEachTensor() {
        List<String> lines = GgufDescription.of(file);

        assertThat(lines)
                .hasSize(10)
                .contains(
                        "  general.architecture = llama",
                        "  tokenizer.ggml.tokens = [a, ü, , b, c, d, …] (7)",
                        "  token_embd.weight   q4_K  256 x 7",
                        "  output_norm.weight  f32   256");
        assertThat(lines.get(0))
                .startsWith(
                        file + ": GGUF version 3, 0.0 MB, 7 keys, 2 tensors of 0.00 million numbers (1 q4_K, 1 f32)");
        assertThat(lines).anyMatch(line -> line.endsWith("… (208 characters)"));
    }

    @Test
    void aFileThatEndsAnywhereIsRefusedInALine() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length += length < 1200 ? 1 : 97) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part))
                    .as("%d bytes", part.length)
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageMatching(".*damaged\\.gguf is no whole GGUF file: .*\\. Export or download it again");
        }
    }

    /** Whatever bytes change: the file is read, or refused in a line, soon and without much memory. */
    @Test
    void changedBytesAreReadOrRefusedInALine() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int head = (int) GgufHead.read(file).dataStart();
        Random random = new Random(16);
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] changed = whole.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                changed[random.nextInt(head)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xFF);
            }
            try {
                read(changed);
            } catch (SqlTuneException e) {
                refused++;
                assertThat(e.getMessage().lines()).hasSize(1);
            }
        }
        assertThat(refused).isBetween(1_000, 3_900);
    }

    @Test
    void whatCantBeIsNamed() throws IOException {
        ByteBuffer count = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        count.putLong(8, Long.MAX_VALUE);
        assertThatThrownBy(() -> read(count.array()))
                .hasMessageContaining("it announces 9223372036854775807 tensors, more than it has room for");

        ByteBuffer version = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        version.putInt(4, 1);
        assertThatThrownBy(() -> read(version.array()))
                .hasMessageContaining("its version is 1, where 2 and 3 are known");

        assertThatThrownBy(() -> read("no model".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("it doesn't begin with GGUF");
        assertThatThrownBy(() -> GgufHead.read(folder.resolve("none.gguf")))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("Can't read " + folder.resolve("none.gguf"));
    }

    private void read(byte[] bytes) throws IOException {
        GgufHead.read(Files.write(folder.resolve("damaged.gguf"), bytes));
    }
}
