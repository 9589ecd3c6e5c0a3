package org.sqltune.deployment.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;

class GgufWriterTest {
    @TempDir
    private Path folder;

    @Test
    void keysKeepTheirTypesAndOrder() throws IOException {
        GgufMetadata metadata = new GgufMetadata()
                .put("a.number", 7)
                .put("b.real", 0.5f)
                .put("c.flag", true)
                .put("d.text", "größer ▁")
                .put("e.texts", List.of("x", "", "yz"))
                .put("f.numbers", 1, -2, 3)
                .put("g.reals", -0f, 1.5f);

        GgufFile read = write(metadata, List.of());

        assertThat(read.metadata())
                .containsExactly(
                        entry("a.number", 7),
                        entry("b.real", 0.5f),
                        entry("c.flag", true),
                        entry("d.text", "größer ▁"),
                        entry("e.texts", List.of("x", "", "yz")),
                        entry("f.numbers", List.of(1, -2, 3)),
                        entry("g.reals", List.of(-0f, 1.5f)));
    }

    private static Map.Entry<String, Object> entry(String key, Object value) {
        return Map.entry(key, value);
    }

    @Test
    void tensorsBeginAtMultiplesOf32BytesAndFillTheFile() throws IOException {
        GgufFile read = write(
                new GgufMetadata().put("general.name", "x"),
                List.of(
                        GgufTensor.vector("one", 3, (row, into) -> into[row] = 1),
                        GgufTensor.matrix("two", GgufType.F16, 5, 3, (row, into) -> into[0] = row),
                        GgufTensor.vector("three", 1, (row, into) -> into[0] = 9)));

        assertThat(read.tensors().values())
                .allSatisfy(each -> assertThat(each.offset() % 32).isZero());
        assertThat(read.tensors().get("two").axes()).containsExactly(3L, 5L);
        assertThat(read.size()).isEqualTo(read.data() + 32 + 32 + 32);
        assertThat(read.numbers("two")).containsExactly(0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0);
        assertThat(read.numbers("three")).containsExactly(9);
    }

    /** Half a step is the most that a number may be off; that of four bits is an eighth of the block's extreme. */
    @ParameterizedTest
    @EnumSource(
            value = GgufType.class,
            names = {"F32", "F16", "BF16", "Q8_0", "Q4_0"})
    void numbersComeBackWithinAHalfStepOfTheirBlock(GgufType type) throws IOException {
        Random random = new Random(5);
        float[][] rows = new float[7][96];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (random.nextGaussian() * (i < 32 ? 1 : 0.01));
            }
        }
        float[] read = write(
                        new GgufMetadata(),
                        List.of(GgufTensor.matrix(
                                "w", type, 7, 96, (row, into) -> System.arraycopy(rows[row], 0, into, 0, 96))))
                .numbers("w");

        for (int i = 0; i < read.length; i++) {
            float[] row = rows[i / 96];
            int block = i % 96 / 32 * 32;
            float extreme = 0;
            for (int j = block; j < block + 32; j++) {
                extreme = Math.max(extreme, Math.abs(row[j]));
            }
            double step = switch (type) {
                case F32 -> 0;
                case F16 -> extreme / 1024;
                case BF16 -> extreme / 128;
                // The scale is a half: 127 steps of it are off by a sixteenth of one.
                case Q8_0 -> extreme / 127 * 1.13;
                // The end away from the extreme has 7 steps and not 8: up to a whole step is lost there.
                case Q4_0 -> 2 * extreme / 8 * 1.01;
                // RowEncoderTest compares their bytes with llama.cpp's.
                case Q5_0, Q5_1, Q4_K, Q5_K, Q6_K -> throw new IllegalArgumentException(type.name());
            };
            assertThat(read[i]).isCloseTo(row[i % 96], within((float) (step / 2)));
        }
    }

    @Test
    void blocksAreLlamaCppsOwn() throws IOException {
        // d = -4 / -8; 15 is the highest step, so that +4 becomes 3.5.
        float[] row = new float[32];
        row[0] = -4;
        row[1] = 4;
        row[2] = 0.24f;
        row[3] = 0.26f;
        row[16] = 1;
        GgufFile read = write(
                new GgufMetadata(),
                List.of(GgufTensor.matrix(
                        "w", GgufType.Q4_0, 1, 32, (index, into) -> System.arraycopy(row, 0, into, 0, 32))));

        assertThat(read.numbers("w")[0]).isEqualTo(-4);
        assertThat(read.numbers("w")[1]).isEqualTo(3.5f);
        assertThat(read.numbers("w")[2]).isZero();
        assertThat(read.numbers("w")[3]).isEqualTo(0.5f);
        assertThat(read.numbers("w")[16]).isEqualTo(1);
    }

    @Test
    void zerosStayZeros() throws IOException {
        for (GgufType type : List.of(GgufType.F32, GgufType.F16, GgufType.BF16, GgufType.Q8_0, GgufType.Q4_0)) {
            float[] read = write(new GgufMetadata(), List.of(GgufTensor.matrix("w", type, 1, 32, (row, into) -> {})))
                    .numbers("w");
            for (float number : read) {
                assertThat(Math.abs(number)).isZero();
            }
        }
    }

    @Test
    void whatIsNoNumberIsRefusedAndLeavesNoFile() {
        assertThatThrownBy(() -> write(
                        new GgufMetadata(), List.of(GgufTensor.vector("w", 1, (row, into) -> into[0] = Float.NaN))))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("Tensor w holds NaN, which is no number: check the weights that it comes from");
        assertThatThrownBy(() -> write(
                        new GgufMetadata(),
                        List.of(GgufTensor.matrix("w", GgufType.F16, 1, 1, (row, into) -> into[0] = 1e6f))))
                .hasMessage("Tensor w holds 1000000.0, which half precision can't: write the file as bf16 or f32");
        assertThat(folder).isEmptyDirectory();
    }

    private GgufFile write(GgufMetadata metadata, List<GgufTensor> tensors) throws IOException {
        Path file = folder.resolve("model.gguf");
        GgufWriter.write(file, metadata, tensors, ProgressListener.NONE);
        return new GgufFile(file);
    }
}
