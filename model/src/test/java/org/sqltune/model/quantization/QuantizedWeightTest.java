package org.sqltune.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** What must be so whatever the numbers and the shape are. */
class QuantizedWeightTest {
    /** Half the widest gap between NF4's levels, and a bit for the scale's own quantisation. */
    private static final double NF4_BOUND = 0.152;

    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @RepeatedTest(30)
    void nf4StaysWithinHalfAGapOfItsBlock(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = 1 + random.nextInt(90);
        int columns = 1 + random.nextInt(400);
        float[] values = normal(random, rows * columns);
        Nf4Weight weight = Nf4Weight.quantize(torch, scope, "w", scope.floats(values, rows, columns));
        Tensor back = weight.dequantize(scope, ElementType.FLOAT32);
        assertThat(back.shape()).containsExactly(rows, columns);
        assertThat(weight.count()).isEqualTo((long) rows * columns);
        float[] found = back.toFloats();
        double spread = largestAbsolute(values, 0, values.length);
        for (int start = 0; start < values.length; start += 64) {
            int end = Math.min(start + 64, values.length);
            double scale = largestAbsolute(values, start, end);
            for (int i = start; i < end; i++) {
                // 0.01 of the largest scale covers what a scale loses in its eight bits.
                assertThat((double) found[i])
                        .isBetween(
                                values[i] - NF4_BOUND * scale - 0.01 * spread,
                                values[i] + NF4_BOUND * scale + 0.01 * spread);
            }
        }
    }

    @RepeatedTest(30)
    void int8StaysWithinHalfAStepOfItsRow(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = 1 + random.nextInt(60);
        int columns = 1 + random.nextInt(700);
        float[] values = normal(random, rows * columns);
        Int8Weight weight = Int8Weight.quantize(torch, scope, "w", scope.floats(values, rows, columns));
        Tensor back = weight.dequantize(scope, ElementType.FLOAT32);
        assertThat(back.shape()).containsExactly(rows, columns);
        float[] found = back.toFloats();
        for (int row = 0; row < rows; row++) {
            double step = largestAbsolute(values, row * columns, (row + 1) * columns) / 127;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                assertThat(Math.abs(found[i] - values[i])).isLessThanOrEqualTo((float) (0.5001 * step));
            }
        }
    }

    @RepeatedTest(10)
    void quantisingInt8AgainChangesNothing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = 1 + random.nextInt(40);
        int columns = 1 + random.nextInt(200);
        Tensor values = scope.floats(normal(random, rows * columns), rows, columns);
        Tensor once = Int8Weight.quantize(torch, scope, "w", values).dequantize(scope, ElementType.FLOAT32);
        float[] first = once.toFloats();
        float[] second = Int8Weight.quantize(torch, scope, "w", once)
                .dequantize(scope, ElementType.FLOAT32)
                .toFloats();
        for (int i = 0; i < first.length; i++) {
            assertThat(second[i]).isCloseTo(first[i], within(Math.abs(first[i]) * 1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "BFLOAT16", "FLOAT16"})
    void theTypeAskedForIsTheSameNumbersRoundedOnce(ElementType type) {
        Tensor values = scope.floats(normal(new Random(5), 37 * 129), 37, 129);
        for (QuantizedWeight weight : new QuantizedWeight[] {
            Nf4Weight.quantize(torch, scope, "w", values), Int8Weight.quantize(torch, scope, "w", values)
        }) {
            Tensor asked = weight.dequantize(scope, type);
            Tensor rounded = torch.cast(scope, weight.dequantize(scope, ElementType.FLOAT32), type);
            assertThat(torch.type(asked)).isEqualTo(type);
            assertThat(bytes(asked)).isEqualTo(bytes(rounded));
        }
    }

    @Test
    void whatLiesInALaterChunkIsTreatedAlike() {
        // Chunks have 2^18 elements: the second one here is short and ends in a short block.
        int first = 1 << 18;
        float[] values = normal(new Random(6), first + 30_001);
        Nf4Weight whole = Nf4Weight.quantize(torch, scope, "w", scope.floats(values, 1, values.length));
        byte[] codes = bytes(whole.parts().codes());
        assertThat(Arrays.copyOf(codes, first / 2)).isEqualTo(codesOf(Arrays.copyOf(values, first)));
        assertThat(Arrays.copyOfRange(codes, first / 2, codes.length))
                .isEqualTo(codesOf(Arrays.copyOfRange(values, first, values.length)));
        float[] back = whole.dequantize(scope, ElementType.FLOAT32).toFloats();
        float largest = (float) largestAbsolute(values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(back[i]).isCloseTo(values[i], within(0.16f * largest));
        }
    }

    private byte[] codesOf(float[] values) {
        return bytes(Nf4Weight.quantize(torch, scope, "w", scope.floats(values, values.length, 1))
                .parts()
                .codes());
    }

    @Test
    void sizesAreFourAndAnEighthBitsAndEightBits() {
        Tensor values = scope.floats(normal(new Random(7), 512 * 1024), 512, 1024);
        assertThat(Nf4Weight.quantize(torch, scope, "w", values).bytes())
                .isEqualTo(512 * 1024 / 2 + 512 * 1024 / 64 + (512 * 1024 / 64 / 256 + 1) * 4);
        assertThat(Int8Weight.quantize(torch, scope, "w", values).bytes()).isEqualTo(512 * 1024 + 512 * 4);
    }

    @Test
    void zerosStayZeros() {
        Tensor zeros = torch.zeros(scope, ElementType.BFLOAT16, 3, 70);
        assertThat(Nf4Weight.quantize(torch, scope, "w", zeros)
                        .dequantize(scope, ElementType.FLOAT32)
                        .toFloats())
                .containsOnly(0f);
        assertThat(Int8Weight.quantize(torch, scope, "w", zeros)
                        .dequantize(scope, ElementType.FLOAT32)
                        .toFloats())
                .containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void damagedWeightsAreNamed(float damage) {
        float[] values = normal(new Random(8), 130);
        values[77] = damage;
        Tensor weight = scope.floats(values, 2, 65);
        assertThatThrownBy(() -> Nf4Weight.quantize(torch, scope, "layer.weight", weight))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("layer.weight holds NaN or infinity");
        assertThatThrownBy(() -> Int8Weight.quantize(torch, scope, "layer.weight", weight))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("layer.weight holds NaN or infinity");
    }

    @Test
    void onlyItsPartsStayAlive() {
        Tensor values = scope.floats(normal(new Random(9), 6400), 64, 100);
        int before = scope.aliveCount();
        QuantizedWeight weight = Nf4Weight.quantize(torch, scope, "w", values);
        assertThat(scope.aliveCount()).isEqualTo(before + 4);
        for (int i = 0; i < 20; i++) {
            weight.dequantize(scope, ElementType.BFLOAT16).close();
        }
        assertThat(scope.aliveCount()).isEqualTo(before + 4);
    }

    private byte[] bytes(Tensor tensor) {
        return torch.rawBytes(tensor, 0, tensor.count());
    }

    private static float[] normal(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.02 * random.nextGaussian());
        }
        return values;
    }

    private static double largestAbsolute(float[] values, int start, int end) {
        double largest = 0;
        for (int i = start; i < end; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }
}
