package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
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
    void gradientsEqualDifferenceQuotients() {
        float[] h = {1, 2, 3, 4};
        float step = 1e-2f;
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            ScriptModule script = torch.module(scope, "decoder", attributes(false));
            List<Tensor> loss = loss(script, scope, h);
            float[] gradient = torch.gradients(
                            scope, loss.get(0), List.of(loss.get(2)), scope.floats(new float[] {1}, new long[0]))
                    .get(0)
                    .toFloats();
            for (int i = 0; i < h.length; i++) {
                float[] above = h.clone();
                float[] below = h.clone();
                above[i] += step;
                below[i] -= step;
                float slope = (loss(script, scope, above).get(0).toFloats()[0]
                                - loss(script, scope, below).get(0).toFloats()[0])
                        / (2 * step);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-3f));
            }
        }
    }

    @Test
    void attributesOfEveryKindReachTheScript() {
        float[] h = {1, 2, 3, 4};
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            ScriptModule rms = torch.module(scope, "decoder", attributes(false));
            ScriptModule fromOne = torch.module(scope, "decoder", attributes(true));
            assertThat(loss(rms, scope, h).get(0).toFloats()[0])
                    .isNotEqualTo(loss(fromOne, scope, h).get(0).toFloats()[0]);
        }
    }

    /** Hidden states of two tokens, a vocabulary of three. */
    private static List<Tensor> loss(ScriptModule script, TensorScope scope, float... h) {
        List<Tensor> norm = List.of(scope.floats(new float[] {1, 1}, 2));
        Tensor head = scope.floats(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);
        Tensor targets = scope.longs(new long[] {0, 2}, 2);
        return script.tensorsWithGraph(scope, "loss_with_graph", scope.floats(h, 2, 2), norm, head, targets, 0.0);
    }

    private static Map<String, Object> attributes(boolean normFromOne) {
        return Map.ofEntries(
                Map.entry("heads", 1),
                Map.entry("kv_heads", 1),
                Map.entry("head_dim", 2),
                Map.entry("layer_norm", false),
                Map.entry("norm_from_one", normFromOne),
                Map.entry("epsilon", 1e-6),
                Map.entry("activation", "silu"),
                Map.entry("gated_mlp", true),
                Map.entry("interleaved_heads", false),
                Map.entry("parallel_residual", false),
                Map.entry("attention_scale", 0.7),
                Map.entry("attention_soft_cap", 0.0),
                Map.entry("logit_soft_cap", 0.0),
                Map.entry("embedding_scale", 1.0),
                Map.entry("rotary_magnitude", 1.0));
    }
}
