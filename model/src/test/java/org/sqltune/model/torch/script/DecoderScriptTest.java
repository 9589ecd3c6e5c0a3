package org.sqltune.model.torch.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.model.config.Activation;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.Rope;
import org.sqltune.model.config.RopeScaling;
import org.sqltune.model.config.TokenIds;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorMap;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

class DecoderScriptTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 2", "0.1, 0, 2", "0, 1.5, 2", "0.2, 1.5, 1"})
    void gradientsEqualDifferenceQuotients(double smoothing, double softCap, long atOnce) {
        float[] h = {1, 2, 3, 4};
        float step = 1e-2f;
        double scale = 0.5;
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            LossScript script =
                    script(torch, scope, Norm.Kind.RMS, softCap, 1024).loss();
            LayerScript.Graph norm = norm(script, scope, h);
            LossScript.Gradients loss = loss(script, scope, norm.output(), HEAD, smoothing, scale, atOnce);
            float[] gradient = torch.gradients(scope, norm.output(), List.of(norm.input()), loss.hidden())
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
            LossScript script = script(torch, scope, Norm.Kind.RMS, 0, 1024).loss();
            Tensor normed = norm(script, scope, h).output();
            Tensor scores = loss(script, scope, normed, HEAD, 0.1, 1, 1).scores();
            float[] gradient = script.headGradient(scope, scores, normed).toFloats();
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
            try (TensorMap none = TensorMap.of(Map.of())) {
                LayerScript.Row row =
                        new LayerScript.Row(none, new long[] {5, 3, 2}, new long[] {-1, 0, 0}, new long[] {5, 2, 1});
                for (int scores : new int[] {1024, 0}) {
                    results.add(script(torch, scope, Norm.Kind.RMS, 0, scores)
                            .layers()
                            .attend(scope, queries, keys, values, row, 0)
                            .toFloats());
                }
            }
            assertThat(results.get(0)).containsExactly(results.get(1), within(1e-6f));
        }
    }

    @Test
    void theConfigurationReachesTheScript() {
        float[] h = {1, 2, 3, 4};
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            LossScript rms = script(torch, scope, Norm.Kind.RMS, 0, 1024).loss();
            LossScript fromOne =
                    script(torch, scope, Norm.Kind.RMS_FROM_ONE, 0, 1024).loss();
            assertThat(loss(rms, scope, h, 0)).isNotEqualTo(loss(fromOne, scope, h, 0));
        }
    }

    /** Of a vocabulary of three. */
    private static final float[] HEAD = {1, 0, 0, 1, 1, 1};

    /** Hidden states of two tokens as a leaf, and normed. */
    private static LayerScript.Graph norm(LossScript script, TensorScope scope, float... h) {
        Map<String, Tensor> norm = Map.of("weight", scope.floats(new float[] {1, 1}, 2));
        return script.normWithGraph(scope, scope.floats(h, 2, 2), norm);
    }

    private static LossScript.Gradients loss(
            LossScript script,
            TensorScope scope,
            Tensor normed,
            float[] head,
            double smoothing,
            double scale,
            long atOnce) {
        Tensor targets = scope.longs(new long[] {0, 2}, 2);
        return script.gradients(scope, normed, scope.floats(head, 3, 2), targets, smoothing, scale, atOnce);
    }

    private static float loss(LossScript script, TensorScope scope, float[] h, double smoothing) {
        Tensor normed = norm(script, scope, h).output();
        return (float) loss(script, scope, normed, HEAD, smoothing, 1, 2).lossSum();
    }

    private static float lossOfHead(LossScript script, TensorScope scope, Tensor normed, float... head) {
        return (float) loss(script, scope, normed, head, 0.1, 1, 2).lossSum();
    }

    /** One head of two numbers. */
    private static DecoderScript script(
            Torch torch, TensorScope scope, Norm.Kind norm, double softCap, int denseScores) {
        DecoderSizes sizes = new DecoderSizes(3, 2, 4, 1, 1, 1, 2, 16);
        DecoderConfig config = new DecoderConfig(
                "llama",
                sizes,
                Arithmetic.likeLlama(sizes, new Norm(norm, 1e-6), Activation.SILU)
                        .softCaps(0, softCap)
                        .build(),
                new Rope(10_000, 2, new RopeScaling.None()),
                ModelModules.likeLlama(LayerModules.separate(sizes, false, false, false)),
                false,
                0.02,
                ElementType.FLOAT32,
                new TokenIds(null, List.of(), null));
        return new DecoderScript(torch, scope, config, denseScores);
    }
}
