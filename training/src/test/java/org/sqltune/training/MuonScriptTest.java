package org.sqltune.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.OptimizerScript;

class MuonScriptTest {
    @Test
    void singularValuesComeNearOneWhetherWideOrTall() {
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            OptimizerScript script = new OptimizerScript(torch);
            for (long[] shape : new long[][] {{6, 20}, {20, 6}, {8, 8}}) {
                Tensor result = script.orthogonalize(scope, scope.floats(random((int) (shape[0] * shape[1])), shape));
                assertThat(result.shape()).isEqualTo(shape);
                float squares = 0;
                for (float value : result.toFloats()) {
                    squares += value * value;
                }
                // The sum of the squared singular values: their number, were each exactly 1.
                assertThat(squares / Math.min(shape[0], shape[1])).isBetween(0.45f, 1.4f);
            }
        }
    }

    @Test
    void aWeakDirectionMovesLikeAStrongOneAndATallMatrixFurther() {
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            OptimizerScript script = new OptimizerScript(torch);
            Tensor square = scope.floats(new float[4], 2, 2);
            Tensor tall = scope.floats(new float[8], 4, 2);
            script.muon(
                    List.of(square, tall),
                    List.of(
                            scope.floats(new float[] {2, 0, 0, 0.5f}, 2, 2),
                            scope.floats(new float[] {2, 0, 0, 0.5f, 0, 0, 0, 0}, 4, 2)),
                    List.of(scope.floats(new float[4], 2, 2), scope.floats(new float[8], 4, 2)),
                    1.0,
                    0.1,
                    0.95,
                    0.0);
            float[] moved = square.toFloats();
            assertThat(moved[0]).isBetween(-0.13f, -0.06f);
            assertThat(moved[3]).isBetween(-0.13f, -0.06f);
            assertThat(moved[1]).isZero();
            assertThat(tall.toFloats()[0] / moved[0]).isBetween(1.40f, 1.43f);
        }
    }

    private static float[] random(int count) {
        Random random = new Random(3);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
