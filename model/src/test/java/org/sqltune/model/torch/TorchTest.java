package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TorchTest {
    @Test
    void castsToBfloat16AndBackKeepEightBitsOfPrecision() {
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            Tensor x = scope.floats(new float[] {1f, 3.14159f, -2.5f, 1e-3f}, 2, 2);
            Tensor half = torch.cast(scope, x, ElementType.BFLOAT16);
            assertThat(torch.type(half)).isEqualTo(ElementType.BFLOAT16);
            assertThat(torch.rawBytes(half, 0, 4)).hasSize(8).startsWith((byte) 0x80, (byte) 0x3f);
            Tensor back = torch.cast(scope, half, ElementType.FLOAT32);
            assertThat(back.toFloats()[1]).isBetween(3.125f, 3.16f);
        }
    }

    @Test
    void gradientsOfALinearLayerWithAnAdapterMatchTheProductRule() {
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            Tensor h = scope.floats(new float[] {1, 2, 3, 4}, 2, 2);
            Tensor norm = scope.floats(new float[] {1, 1}, 2);
            Tensor head = scope.floats(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);
            Tensor targets = scope.longs(new long[] {0, 2}, 2);
            List<Tensor> loss =
                    torch.decoder().tensorsWithGraph(scope, "loss_with_graph", h, norm, head, 1e-6, targets);
            List<Tensor> gradient = torch.gradients(
                    scope, loss.get(0), List.of(loss.get(2)), scope.floats(new float[] {1}, new long[0]));
            assertThat(gradient.get(0).shape()).containsExactly(2, 2);
            assertThat(loss.get(0).toFloats()[0]).isPositive();
        }
    }
}
