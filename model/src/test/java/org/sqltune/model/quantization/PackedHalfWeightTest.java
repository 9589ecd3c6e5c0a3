package org.sqltune.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** A matrix in another layout holds the same numbers, and its products are theirs, for any sizes. */
class PackedHalfWeightTest {
    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();
    private final PackedProducts products = new PackedProducts(torch, scope);

    /** Elsewhere the loader goes on without. */
    @BeforeEach
    void assumeTheProcessorMultipliesSo() {
        assumeThat(PackedHalfWeight.isSupported(torch))
                .as("FBGEMM multiplies on x86-64 with AVX2; others go on with plain weights, as all other tests do")
                .isTrue();
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 64, 64",
        "4, 64, 64",
        "1, 7, 5",
        "3, 33, 288",
        "17, 100, 37",
        "1, 1, 1",
        "300, 100, 130",
        "3, 2113, 1030"
    })
    void aProductIsThatOfTheNumbers(int rows, int out, int in) {
        float[] x = normal(1, rows * in);
        float[] w = normal(2, out * in);
        float[] bias = normal(3, out);
        PackedHalfWeight weight = PackedHalfWeight.pack(torch, scope, List.of("w"), List.of(scope.floats(w, out, in)));
        assertThat(weight.shape()).containsExactly(out, in);
        assertThat(weight.bytes()).isEqualTo(2L * out * in + 4L * out);
        float[] found = products.product(weight, x, rows, bias, ElementType.FLOAT32);
        float[] left = x;
        float[] right = products.rounded(w, ElementType.FLOAT16);
        float[] added = bias;
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
                        .isCloseTo(expected, within(size * 1e-6));
            }
        }
    }

    @Test
    void whatIsBroughtBackIsWhatWasPacked() {
        List<Tensor> parts = new ArrayList<>();
        float[] all = products.rounded(normal(4, 100 * 33), ElementType.FLOAT16);
        parts.add(scope.floats(Arrays.copyOfRange(all, 0, 60 * 33), 60, 33));
        parts.add(scope.floats(Arrays.copyOfRange(all, 60 * 33, 100 * 33), 40, 33));
        PackedHalfWeight whole = PackedHalfWeight.pack(torch, scope, List.of("a", "b"), parts);
        assertThat(whole.dequantize(scope, ElementType.FLOAT32).toFloats()).isEqualTo(all);
        PackedRows second = new PackedRows(torch, whole, 60, 100);
        assertThat(second.shape()).containsExactly(40, 33);
        assertThat(second.bytes()).isBetween(2L * 40 * 33, 2L * 40 * 33 + 4L * 40);
        assertThat(second.dequantize(scope, ElementType.FLOAT32).toFloats())
                .isEqualTo(parts.get(1).toFloats());
    }

    /** A large matrix is in parts, a thread for each. */
    @Test
    void partsAreAsOneMatrix() {
        float[] values = products.rounded(normal(8, 2113 * 1030), ElementType.FLOAT16);
        Tensor matrix = scope.floats(values, 2113, 1030);
        int before = Torch.threads();
        try {
            Torch.setThreads(1);
            PackedHalfWeight whole = PackedHalfWeight.pack(torch, scope, List.of("w"), List.of(matrix));
            Torch.setThreads(2);
            PackedHalfWeight parted = PackedHalfWeight.pack(torch, scope, List.of("w"), List.of(matrix));
            assertThat(whole.forProducts()).containsOnlyKeys("half", "half_bias");
            assertThat(parted.forProducts()).containsOnlyKeys("half", "half_1", "half_bias");
            assertThat(parted.dequantize(scope, ElementType.FLOAT32).toFloats()).isEqualTo(values);
            float[] bias = normal(9, 2113);
            for (int rows : new int[] {1, 3, 40}) {
                float[] x = normal(10, rows * 1030);
                assertThat(products.product(parted, x, rows, bias, ElementType.FLOAT32))
                        .containsExactly(products.product(whole, x, rows, bias, ElementType.FLOAT32), within(1e-3f));
            }
        } finally {
            Torch.setThreads(before);
        }
    }

    /** A row's result doesn't depend on the rows beside it but for the order of sums. */
    @Test
    void aRowIsTheSameAmongOthers() {
        float[] x = normal(5, 33 * 288);
        float[] bias = normal(6, 100);
        PackedHalfWeight weight = PackedHalfWeight.pack(
                torch, scope, List.of("w"), List.of(scope.floats(normal(7, 100 * 288), 100, 288)));
        float[] together = products.product(weight, x, 33, bias, ElementType.FLOAT32);
        for (int row = 0; row < 33; row++) {
            assertThat(products.product(
                            weight, Arrays.copyOfRange(x, row * 288, (row + 1) * 288), 1, bias, ElementType.FLOAT32))
                    .as("row %d", row)
                    .containsExactly(Arrays.copyOfRange(together, row * 100, (row + 1) * 100), within(1e-4f));
        }
    }

    /** What bf16 has and fp16 hasn't: tiny numbers are rounded, huge ones refused. */
    @Test
    void numbersBeyondFp16AreRoundedOrRefused() {
        float[] tiny = {0x1.FEp-15f, 0x1p-24f, 0x1.8p-26f, -0x1.02p-16f};
        PackedHalfWeight weight = PackedHalfWeight.pack(torch, scope, List.of("w"), List.of(scope.floats(tiny, 1, 4)));
        assertThat(weight.dequantize(scope, ElementType.FLOAT32).toFloats())
                .containsExactly(0x1.FEp-15f, 0x1p-24f, 0f, -0x1.02p-16f);
        for (float wrong : new float[] {70_000, Float.NaN, Float.NEGATIVE_INFINITY}) {
            Tensor matrix = scope.floats(new float[] {1, wrong}, 1, 2);
            assertThatThrownBy(() -> PackedHalfWeight.pack(torch, scope, List.of("w"), List.of(matrix)))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("w holds NaN, infinity or a number above 65,504");
        }
    }
}
