package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.RegularizationSettings;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.FullParameters;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;
import org.sqltune.training.TestModels;
import org.sqltune.training.gradient.ForwardBackward;
import org.sqltune.training.gradient.GradientAccumulator;
import org.sqltune.training.optimizer.AdamW;

/** Label smoothing, weight decay groups and noise against transformers' definitions. */
class TrainingOptionsParityTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "gemma2"})
    void smoothedLossAndGradientsAreLabelSmoothers(String fixture) throws Exception {
        Path path = TrainingOptionsFixture.model(fixture);
        JsonNode expected = StreamSupport.stream(
                        TrainingOptionsFixture.read().path("label_smoothing").spliterator(), false)
                .filter(each -> each.path("case").asText().equals(fixture))
                .findFirst()
                .orElseThrow();
        RegularizationSettings smoothing = new RegularizationSettings(
                null, expected.path("label_smoothing_factor").asDouble());
        List<TokenizedExample> examples = TrainingOptionsFixture.examples(path);
        long targets =
                examples.stream().mapToLong(each -> each.completion().length).sum();
        try (Torch torch = Torch.cpu();
                LanguageModel model = TestModels.withTokenizer(torch, path, folder)) {
            LoraAdapter adapter = model.loadAdapter(path.resolve("adapter"));
            Decoder decoder = model.decoder();
            try (GradientAccumulator gradients = new GradientAccumulator(torch, adapter.all())) {
                ForwardBackward pass = new ForwardBackward(
                        decoder,
                        adapter,
                        gradients,
                        new ForwardBackward.Options(0, GradientCheckpointing.NONE, smoothing));
                double loss = new BatchPlanner(true, 1, 2048, decoder::lengthClass)
                        .plan(examples).stream()
                                .mapToDouble(row -> pass.run(row, 1.0 / targets, 0))
                                .sum();
                assertThat(loss / targets).isCloseTo(expected.path("loss").asDouble(), within(1e-5));
                assertThat(expected.path("loss_by_torch").asDouble())
                        .as("the two definitions are one")
                        .isCloseTo(expected.path("loss").asDouble(), within(1e-6));
                double norm = expected.path("grad_norm").asDouble();
                assertThat(gradients.globalNorm()).isCloseTo(norm, within(1e-4 * norm));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mqa_bias_headdim", "qwen2", "qwen3", "gemma2", "phi3", "gpt_neox"})
    void theWeightsThatDecayAreTheTrainers(String fixture) throws Exception {
        List<String> expected = StreamSupport.stream(
                        TrainingOptionsFixture.read()
                                .path("weight_decay")
                                .path(fixture)
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
        try (Torch torch = Torch.cpu();
                LanguageModel model = TestModels.withTokenizer(torch, TrainingOptionsFixture.model(fixture), folder)) {
            List<Parameter> all = new FullParameters(model.decoder()).all();
            assertThat(all.stream().filter(AdamW::decays).map(Parameter::name))
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .hasSizeLessThan(all.size());
        }
    }

    /** transformers: alpha / √(tokens · hidden size), uniform to both sides. */
    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "gemma2"})
    void noiseIsUniformWithinNeftunesBounds(String fixture) throws Exception {
        double alpha = 5;
        long[] ids = new long[64];
        Arrays.setAll(ids, i -> 3 + i % 40);
        try (Torch torch = Torch.cpu();
                LanguageModel model = TestModels.withTokenizer(torch, TrainingOptionsFixture.model(fixture), folder);
                TensorScope scope = torch.scope();
                PreparedBatch batch = model.decoder().prepare(scope, TokenBatch.sequence(ids))) {
            Decoder decoder = model.decoder();
            float[] plain = decoder.embed(scope, batch).toFloats();
            float[] noisy = decoder.embedWithNoise(scope, batch, alpha, 11).toFloats();
            assertThat(decoder.embedWithNoise(scope, batch, alpha, 11).toFloats())
                    .as("the same seed")
                    .isEqualTo(noisy);
            assertThat(decoder.embedWithNoise(scope, batch, alpha, 12).toFloats())
                    .as("another seed")
                    .isNotEqualTo(noisy);
            // The noise is the embedding's own, so a family that scales embeddings scales it, too.
            double scale = decoder.config().arithmetic().embeddingScale();
            double bound = scale
                    * alpha
                    / Math.sqrt((double) ids.length * decoder.config().hiddenSize());
            double largest = 0;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < plain.length; i++) {
                double noise = noisy[i] - plain[i];
                largest = Math.max(largest, Math.abs(noise));
                sum += noise;
                squares += noise * noise;
            }
            assertThat(largest).isBetween(0.99 * bound, 1.001 * bound);
            assertThat(sum / plain.length).isCloseTo(0, within(0.05 * bound));
            assertThat(Math.sqrt(squares / plain.length)).isCloseTo(bound / Math.sqrt(3), within(0.03 * bound));
        }
    }

    @Test
    void aSharedBeginningsNoiseIsTheLongestExamples() throws Exception {
        long[] prompt = {1, 7, 8, 9, 10};
        List<TokenizedExample> examples = List.of(
                new TokenizedExample("short", prompt, new long[] {20, 2}),
                new TokenizedExample("long", prompt, new long[] {21, 22, 23, 24, 2}));
        TokenBatch row =
                new BatchPlanner(true, 1, 2048, length -> 0).plan(examples).get(0);
        try (Torch torch = Torch.cpu();
                LanguageModel model =
                        TestModels.withTokenizer(torch, TrainingOptionsFixture.model("gqa_tied"), folder);
                TensorScope scope = torch.scope();
                PreparedBatch batch = model.decoder().prepare(scope, row)) {
            Decoder decoder = model.decoder();
            float[] plain = decoder.embed(scope, batch).toFloats();
            // A large alpha, so that the noise's bound is what one sees.
            float[] noisy = decoder.embedWithNoise(scope, batch, 1e4, 3).toFloats();
            int width = decoder.config().hiddenSize();
            double ofTen = 1e4 / Math.sqrt(10.0 * width);
            double ofSeven = 1e4 / Math.sqrt(7.0 * width);
            assertThat(row.lengths()).containsExactly(4, 2, 5);
            assertThat(largest(plain, noisy, 0, 4 * width)).isBetween(0.9 * ofTen, 1.001 * ofTen);
            assertThat(largest(plain, noisy, 4 * width, 6 * width)).isBetween(1.001 * ofTen, 1.001 * ofSeven);
            assertThat(largest(plain, noisy, 6 * width, 11 * width)).isBetween(0.9 * ofTen, 1.001 * ofTen);
        }
    }

    private static double largest(float[] plain, float[] noisy, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(noisy[i] - plain[i]));
        }
        return largest;
    }
}
