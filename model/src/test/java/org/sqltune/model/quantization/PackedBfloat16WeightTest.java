package org.sqltune.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sqltune.model.quantization.PackedProducts.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** A matrix in another layout holds the same numbers, and its products are theirs, for any sizes. */
class PackedBfloat16WeightTest {
    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();
    private final PackedProducts products = new PackedProducts(torch, scope);

    /** Elsewhere the loader goes on without. */
    @BeforeEach
    void assumeTheProcessorMultipliesSo() {
        assumeThat(PackedBfloat16Weight.isSupported(torch))
                .as(
                        "oneDNN multiplies bf16 on x86-64 with AVX-512 or AMX; others go on with plain weights, as all other tests do")
                .isTrue();
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 64", "4, 64, 64", "1, 7, 5", "3, 33, 288", "17, 100, 37", "1, 1, 1", "300, 100, 130"})
    void aProductIsThatOfTheNumbers(int rows, int out, int in) {
        float[] x = normal(1, rows * in);
        float[] w = normal(2, out * in);
        float[] bias = normal(3, out);
        PackedBfloat16Weight weight = PackedBfloat16Weight.pack(torch, scope, List.of(scope.floats(w, out, in)));
        assertThat(weight.shape()).containsExactly(out, in);
        assertThat(weight.bytes()).isEqualTo(2L * out * in);
        float[] found = products.product(weight, x, rows, bias, ElementType.BFLOAT16);
        float[] left = products.rounded(x, ElementType.BFLOAT16);
        float[] right = products.rounded(w, ElementType.BFLOAT16);
        float[] added = products.rounded(bias, ElementType.BFLOAT16);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < out; i++) {
                double expected = added[i];
                double size = Math.abs(added[i]);
                for (int k = 0; k < in; k++) {
                    double one = (double) left[row * in + k] * right[i * in + k];
                    expected += one;
                    size += Math.abs(one);
                }
                assertThat((double) found[row * out + i])
                        .as("row %d of %d, output %d", row, rows, i)
                        .isCloseTo(expected, within(Math.abs(expected) / 200 + size * 1e-4));
            }
        }
    }

    @Test
    void whatIsBroughtBackIsWhatWasPacked() {
        List<Tensor> parts = new ArrayList<>();
        float[] all = products.rounded(normal(4, 100 * 33), ElementType.BFLOAT16);
        parts.add(scope.floats(Arrays.copyOfRange(all, 0, 60 * 33), 60, 33));
        parts.add(scope.floats(Arrays.copyOfRange(all, 60 * 33, 100 * 33), 40, 33));
        PackedBfloat16Weight whole = PackedBfloat16Weight.pack(torch, scope, parts);
        assertThat(whole.dequantize(scope, ElementType.FLOAT32).toFloats()).isEqualTo(all);
        PackedRows second = new PackedRows(torch, whole, 60, 100);
        assertThat(second.shape()).containsExactly(40, 33);
        assertThat(second.bytes()).isEqualTo(2L * 40 * 33);
        assertThat(second.dequantize(scope, ElementType.FLOAT32).toFloats())
                .isEqualTo(parts.get(1).toFloats());
    }
}
