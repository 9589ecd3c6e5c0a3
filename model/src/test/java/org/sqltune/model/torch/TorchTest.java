package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"0, 0, 2", "0.1, 0, 2", "0, 1.5, 2", "0.2, 1.5, 1"})
    void gradientsEqualDifferenceQuotients(double smoothing, double softCap, long atOnce) {
        float[] h = {1, 2, 3, 4};
        float step = 1e-2f;
        double scale = 0.5;
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            ScriptModule script = torch.module(scope, "decoder", attributes(false, softCap));
            List<Tensor> norm = norm(script, scope, h);
            List<Tensor> loss = loss(script, scope, norm.get(1), smoothing, scale, atOnce);
            float[] gradient = torch.gradients(scope, norm.get(1), List.of(norm.get(0)), loss.get(1))
                    .get(0)
                    .toFloats();
            for (int i = 0; i < h.length; i++) {
                float[] above = h.clone();
                float[] below = h.clone();
                above[i] += step;
                below[i] -= step;
                float slope =
                        (loss(script, scope, above, smoothing) - loss(script, scope, below, smoothing)) / (2 * step);
                assertThat(gradient[i]).isCloseTo((float) (scale * slope), within(1e-3f));
            }
        }
    }

    @Test
    void theHeadsGradientEqualsDifferenceQuotients() {
        float[] h = {1, 2, 3, 4};
        float step = 1e-2f;
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            ScriptModule script = torch.module(scope, "decoder", attributes(false, 0));
            Tensor normed = norm(script, scope, h).get(1);
            Tensor scores = loss(script, scope, normed, 0.1, 1, 1).get(2);
            float[] gradient =
                    script.tensor(scope, "head_gradient", scores, normed).toFloats();
            for (int i = 0; i < HEAD.length; i++) {
                float[] above = HEAD.clone();
                float[] below = HEAD.clone();
                above[i] += step;
                below[i] -= step;
                float slope = (lossOfHead(script, scope, normed, above) - lossOfHead(script, scope, normed, below))
                        / (2 * step);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-3f));
            }
        }
    }

    /** A parent of five tokens, two children of three and two, of which all, two and one tokens look. */
    @Test
    void denseAttentionIsThatOfTheStreamedKernel() {
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            float[] numbers = new float[10 * 2];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) Math.sin(i);
            }
            Tensor keys = scope.floats(numbers, 10, 1, 2);
            Tensor values = scope.floats(numbers, 10, 1, 2);
            Tensor queries = scope.floats(Arrays.copyOf(numbers, 8 * 2), 8, 1, 2);
            List<float[]> results = new ArrayList<>();
            for (int scores : new int[] {1024, 0}) {
                Map<String, Object> attributes = new LinkedHashMap<>(attributes(false, 0));
                attributes.put("dense_scores", scores);
                ScriptModule script = torch.module(scope, "decoder", attributes);
                results.add(script.tensor(
                                scope,
                                "attend",
                                queries,
                                keys,
                                values,
                                new long[] {5, 3, 2},
                                new long[] {-1, 0, 0},
                                new long[] {5, 2, 1},
                                0)
                        .toFloats());
            }
            assertThat(results.get(0)).containsExactly(results.get(1), within(1e-6f));
        }
    }

    @Test
    void attributesOfEveryKindReachTheScript() {
        float[] h = {1, 2, 3, 4};
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            ScriptModule rms = torch.module(scope, "decoder", attributes(false, 0));
            ScriptModule fromOne = torch.module(scope, "decoder", attributes(true, 0));
            assertThat(loss(rms, scope, h, 0)).isNotEqualTo(loss(fromOne, scope, h, 0));
        }
    }

    /** Of a vocabulary of three. */
    private static final float[] HEAD = {1, 0, 0, 1, 1, 1};

    /** Hidden states of two tokens as a leaf, and normed. */
    private static List<Tensor> norm(ScriptModule script, TensorScope scope, float... h) {
        List<Tensor> weight = List.of(scope.floats(new float[] {1, 1}, 2));
        return script.tensorsWithGraph(scope, "norm_with_graph", scope.floats(h, 2, 2), weight);
    }

    private static List<Tensor> loss(
            ScriptModule script, TensorScope scope, Tensor normed, double smoothing, double scale, long atOnce) {
        return loss(script, scope, normed, HEAD, smoothing, scale, atOnce);
    }

    private static List<Tensor> loss(
            ScriptModule script,
            TensorScope scope,
            Tensor normed,
            float[] head,
            double smoothing,
            double scale,
            long atOnce) {
        Tensor targets = scope.longs(new long[] {0, 2}, 2);
        return script.tensors(
                scope, "loss_gradients", normed, scope.floats(head, 3, 2), targets, smoothing, scale, atOnce);
    }

    private static float loss(ScriptModule script, TensorScope scope, float[] h, double smoothing) {
        Tensor normed = norm(script, scope, h).get(1);
        return loss(script, scope, normed, smoothing, 1, 2).get(0).toFloats()[0];
    }

    private static float lossOfHead(ScriptModule script, TensorScope scope, Tensor normed, float... head) {
        return loss(script, scope, normed, head, 0.1, 1, 2).get(0).toFloats()[0];
    }

    private static Map<String, Object> attributes(boolean normFromOne, double softCap) {
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
                Map.entry("logit_soft_cap", softCap),
                Map.entry("embedding_scale", 1.0),
                Map.entry("rotary_magnitude", 1.0),
                Map.entry("attention_in_fp32", true),
                Map.entry("dense_scores", 1024));
    }
}
