package org.sqltune.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sqltune.model.quantization.PackedProducts.normal;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** A product with 4-bit weights is the product with the numbers that they stand for, in both of its ways. */
class PackedInt4WeightTest {
    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();
    private final PackedProducts products = new PackedProducts(torch, scope);

    @BeforeEach
    void assumeLibtorchHasTheLayout() {
        assumeThat(PackedInt4Weight.isSupported(torch))
                .as("the layout is known for x86-64 with AVX-512; elsewhere the loader goes on without")
                .isTrue();
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 64, 32, FLOAT32",
        "4, 128, 64, FLOAT32",
        "3, 448, 288, FLOAT32",
        "48, 320, 96, FLOAT32",
        "49, 320, 96, FLOAT32",
        "1, 64, 32, BFLOAT16",
        "4, 448, 288, BFLOAT16",
        "48, 320, 96, BFLOAT16",
        "70, 320, 96, BFLOAT16"
    })
    void aProductIsThatOfTheNumbersItStandsFor(int rows, int out, int in, ElementType type) {
        float[] x = normal(1, rows * in);
        float[] bias = normal(3, out);
        PackedInt4Weight weight = quantize(normal(2, out * in), out, in, type);
        float[] numbers = weight.dequantize(scope, ElementType.FLOAT32).toFloats();
        float[] found = products.product(weight, x, rows, bias, type);
        Tensor rounded = torch.cast(scope, scope.floats(x, rows, in), type);
        float[] read = torch.cast(scope, rounded, ElementType.FLOAT32).toFloats();
        double error = (type == ElementType.FLOAT32 ? 1e-5 : 1e-2) * Math.sqrt(in) + 1e-4;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < out; i++) {
                double expected = bias[i];
                for (int k = 0; k < in; k++) {
                    expected += (double) read[row * in + k] * numbers[i * in + k];
                }
                assertThat((double) found[row * out + i])
                        .as("row %d of %d, output %d", row, rows, i)
                        .isCloseTo(expected, within(error + Math.abs(expected) * error));
            }
        }
    }

    @Test
    void everyNumberIsOffByHalfAStepOfItsGroupAtMost() {
        float[] values = normal(6, 128 * 96);
        // A group that is far from zero, one of zeros and one that doesn't vary.
        for (int i = 0; i < 32; i++) {
            values[i] += 100;
            values[32 + i] = 0;
            values[64 + i] = 3;
        }
        float[] found = quantize(values, 128, 96, ElementType.FLOAT32)
                .dequantize(scope, ElementType.FLOAT32)
                .toFloats();
        for (int group = 0; group < values.length; group += 32) {
            float low = Float.MAX_VALUE;
            float high = -Float.MAX_VALUE;
            for (int i = group; i < group + 32; i++) {
                low = Math.min(low, values[i]);
                high = Math.max(high, values[i]);
            }
            for (int i = group; i < group + 32; i++) {
                assertThat(found[i]).isCloseTo(values[i], within((high - low) / 30 * 1.001f + 1e-5f));
            }
        }
    }

    @Test
    void aRowsResultDependsOnNoOther() {
        float[] x = normal(4, 19 * 288);
        x[5 * 288] = 1e6f;
        PackedInt4Weight weight = quantize(normal(5, 128 * 288), 128, 288, ElementType.BFLOAT16);
        float[] bias = new float[128];
        float[] together = products.product(weight, x, 19, bias, ElementType.BFLOAT16);
        for (int row = 0; row < 19; row++) {
            float[] own = new float[288];
            System.arraycopy(x, row * 288, own, 0, 288);
            float[] alone = products.product(weight, own, 1, bias, ElementType.BFLOAT16);
            float[] found = new float[128];
            System.arraycopy(together, row * 128, found, 0, 128);
            assertThat(found).isEqualTo(alone);
        }
    }

    @Test
    void aNumberTakesFiveBits() {
        PackedInt4Weight weight = quantize(normal(7, 128 * 96), 128, 96, ElementType.BFLOAT16);
        assertThat(weight.shape()).containsExactly(128, 96);
        assertThat(weight.bytes()).isEqualTo(128 * 96 * 5 / 8);
    }

    @Test
    void matricesBelowEachOtherAreThoseByThemselves() {
        Tensor one = scope.floats(normal(8, 64 * 32), 64, 32);
        Tensor other = scope.floats(normal(9, 128 * 32), 128, 32);
        float[] both = PackedInt4Weight.quantize(
                        torch, scope, List.of("a", "b"), List.of(one, other), ElementType.FLOAT32)
                .dequantize(scope, ElementType.FLOAT32)
                .toFloats();
        float[] alone = PackedInt4Weight.quantize(torch, scope, List.of("b"), List.of(other), ElementType.FLOAT32)
                .dequantize(scope, ElementType.FLOAT32)
                .toFloats();
        assertThat(Arrays.copyOfRange(both, 64 * 32, both.length)).isEqualTo(alone);
    }

    @Test
    void onlyWholeGroupsFit() {
        assertThat(PackedInt4Weight.fits(64, 32)).isTrue();
        assertThat(PackedInt4Weight.fits(96, 32)).isFalse();
        assertThat(PackedInt4Weight.fits(64, 48)).isFalse();
    }

    @Test
    void whatIsNoNumberIsRefusedByName() {
        float[] values = normal(10, 64 * 32);
        values[700] = Float.NaN;
        assertThatThrownBy(() -> PackedInt4Weight.quantize(
                        torch, scope, List.of("layer.w"), List.of(scope.floats(values, 64, 32)), ElementType.FLOAT32))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("layer.w");
    }

    private PackedInt4Weight quantize(float[] values, int out, int in, ElementType type) {
        return PackedInt4Weight.quantize(torch, scope, List.of("w"), List.of(scope.floats(values, out, in)), type);
    }
}
