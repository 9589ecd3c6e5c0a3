package org.sqltune.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sqltune.model.quantization.PackedProducts.normal;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.Int8Script;
import org.sqltune.model.torch.script.Int8Script.Layout;

/** A product with packed weights is the product of the numbers that both sides are rounded to, for any sizes. */
class PackedInt8WeightTest {
    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();
    private final PackedProducts products = new PackedProducts(torch, scope);

    /** Those that are exact on this processor; elsewhere the loader goes on without. */
    private List<Layout> layouts() {
        List<Layout> layouts =
                Arrays.stream(Layout.values()).filter(this::isExact).toList();
        assumeThat(layouts)
                .as(
                        "products of 8-bit integers need x86-64 with AVX2; QuantizedModelTest checks that others go without")
                .isNotEmpty();
        return layouts;
    }

    private boolean isExact(Layout layout) {
        try {
            return (layout == Layout.FBGEMM || torch.multipliesInt8()) && new Int8Script(torch).isExact(layout);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private PackedInt8Weight quantized(Layout layout, String name, Tensor values) {
        return PackedInt8Weight.quantize(torch, layout, scope, List.of(name), List.of(values));
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 64", "4, 64, 64", "1, 7, 5", "3, 33, 288", "17, 100, 37", "1, 1, 1", "2, 1000, 300"})
    void aProductIsThatOfTheRoundedNumbers(int rows, int out, int in) {
        layouts().forEach(layout -> assertProduct(layout, rows, out, in));
    }

    private void assertProduct(Layout layout, int rows, int out, int in) {
        float[] x = normal(1, rows * in);
        float[] w = normal(2, out * in);
        float[] bias = normal(3, out);
        PackedInt8Weight weight = quantized(layout, "w", scope.floats(w, out, in));
        float[] found = products.product(weight, x, rows, bias, ElementType.FLOAT32);
        float[] dequantized = weight.dequantize(scope, ElementType.FLOAT32).toFloats();
        for (int row = 0; row < rows; row++) {
            float[] codes = rounded(Arrays.copyOfRange(x, row * in, (row + 1) * in), layout);
            for (int i = 0; i < out; i++) {
                double expected = bias[i];
                for (int k = 0; k < in; k++) {
                    expected += (double) codes[k] * dequantized[i * in + k];
                }
                assertThat((double) found[row * out + i])
                        .as("row %d of %d, output %d", row, rows, i)
                        .isCloseTo(expected, within(1e-4 * Math.sqrt(in)));
            }
        }
    }

    @Test
    void aRowsResultDependsOnNoOther() {
        layouts().forEach(this::assertRowsApart);
    }

    private void assertRowsApart(Layout layout) {
        float[] x = normal(4, 19 * 288);
        Arrays.fill(x, 288, 2 * 288, 0);
        x[5 * 288] = 1e6f;
        PackedInt8Weight weight = quantized(layout, "w", scope.floats(normal(5, 96 * 288), 96, 288));
        float[] bias = new float[96];
        float[] together = products.product(weight, x, 19, bias, ElementType.FLOAT32);
        for (int row = 0; row < 19; row++) {
            float[] alone = products.product(
                    weight, Arrays.copyOfRange(x, row * 288, (row + 1) * 288), 1, bias, ElementType.FLOAT32);
            assertThat(Arrays.copyOfRange(together, row * 96, (row + 1) * 96)).isEqualTo(alone);
        }
        assertThat(Arrays.copyOfRange(together, 96, 2 * 96)).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"64, 64", "33, 288", "7, 5", "1, 1", "300, 1000"})
    void whatIsBroughtBackIsWhatPlainInt8BringsBack(int out, int in) {
        Tensor values = scope.floats(normal(6, out * in), out, in);
        float[] plain = Int8Weight.quantize(torch, scope, "w", values)
                .dequantize(scope, ElementType.FLOAT32)
                .toFloats();
        for (Layout layout : layouts()) {
            PackedInt8Weight packed = quantized(layout, "w", values);
            assertThat(packed.shape()).containsExactly(out, in);
            assertThat(packed.bytes()).isBetween((long) out * in + 8L * out, (long) out * in + 12L * out);
            assertThat(packed.dequantize(scope, ElementType.FLOAT32).toFloats()).isEqualTo(plain);
        }
    }

    @Test
    void whatIsNoNumberIsRefusedByName() {
        Tensor values = scope.floats(new float[] {1, Float.NaN, 2, 3}, 2, 2);
        for (Layout layout : layouts()) {
            assertThatThrownBy(() -> quantized(layout, "layer.w", values))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("layer.w");
        }
    }

    /** What two parts of 8 or 7 bits keep of a row. */
    private static float[] rounded(float[] row, Layout layout) {
        float largest = 0;
        for (float each : row) {
            largest = Math.max(largest, Math.abs(each));
        }
        float[] rounded = new float[row.length];
        double step = largest / (layout == Layout.ONEDNN ? 32639.0 : 8127.0);
        for (int i = 0; i < row.length; i++) {
            rounded[i] = (float) (Math.rint(row[i] / step) * step);
        }
        return rounded;
    }
}
