package org.sqltune.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;
import org.sqltune.training.TestModels;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.batch.TrainingOptionsFixture;
import org.sqltune.training.checkpoint.TrainerState.SkippedSteps;
import org.sqltune.training.loop.TrainingStep;

/**
 * However the examples of a step lie and are computed, the step is the same: its loss, every gradient, and the weights
 * after it, within 1e-5 in fp32. For random schemas, questions, batch sizes, adapters and families of models.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactnessPropertiesTest {
    private static final int CASES = 16;
    private static final double TOLERANCE = 1e-5;
    private static final List<String> FAMILIES =
            List.of("gqa_tied", "mha_untied", "llama_dynamic", "mistral_window", "qwen3", "gemma2", "phi3", "gpt_neox");

    @TempDir
    private Path folder;

    @BeforeAll
    void oneThread() {
        Torch.setThreads(1);
    }

    @AfterAll
    void leaveNoTrace() {
        Torch.setThreads(1);
    }

    /** A random step: a few schemas with a few questions each, in any order, and an adapter to train on them. */
    private record Case(long seed, String family, LoraConfig adapter, List<TokenizedExample> examples) {
        static Case of(long seed) {
            Random random = new Random(seed);
            String family = FAMILIES.get((int) (seed % FAMILIES.size()));
            List<TokenizedExample> examples = new ArrayList<>();
            int schemas = 1 + random.nextInt(4);
            for (int schema = 0; schema < schemas; schema++) {
                long[] prefix = tokens(random, 2 + random.nextInt(14));
                int questions = 1 + random.nextInt(6);
                for (int question = 0; question < questions; question++) {
                    long[] prompt = LongStream.concat(
                                    LongStream.of(prefix), LongStream.of(tokens(random, 1 + random.nextInt(5))))
                            .toArray();
                    examples.add(new TokenizedExample(
                            schema + "-" + question, prompt, tokens(random, 1 + random.nextInt(6))));
                }
            }
            Collections.shuffle(examples, random);
            boolean fused = family.startsWith("phi") || family.startsWith("gpt");
            List<String> targets =
                    fused || random.nextBoolean() ? List.of(LoraConfig.ALL_LINEAR) : List.of("q_proj", "v_proj");
            int rank = 1 + random.nextInt(8);
            LoraConfig adapter = new LoraConfig(rank, 2.0 * rank, 0, targets)
                    .withRankStabilized(random.nextBoolean())
                    .withWeightDecomposed(random.nextInt(3) == 0);
            return new Case(seed, family, adapter, examples);
        }

        Case dropping(double share) {
            LoraConfig dropping = new LoraConfig(adapter.rank(), 2.0 * adapter.rank(), share, adapter.targets())
                    .withRankStabilized(adapter.rankStabilized())
                    .withWeightDecomposed(adapter.weightDecomposed());
            return new Case(seed, family, dropping, examples);
        }

        Case of(String otherFamily) {
            return new Case(seed, otherFamily, adapter, examples);
        }

        /** Ids that every fixture knows. */
        private static long[] tokens(Random random, int count) {
            return random.longs(count, 3, 66).toArray();
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + family + ", " + adapter + ", " + examples.size() + " examples";
        }
    }

    static List<Case> cases() {
        return IntStream.range(0, CASES).mapToObj(Case::of).toList();
    }

    /** What a step came to: its loss, and every gradient and every weight as numbers. */
    private record Step(double loss, List<float[]> gradients, List<float[]> weights) {}

    @ParameterizedTest
    @MethodSource("cases")
    void sharedIsSeparate(Case each) throws Exception {
        assertSame(step(each, batch(1, "share_prefixes=false")), step(each, batch(1, "share_prefixes=true")), each);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void packedIsUnpacked(Case each) throws Exception {
        int all = each.examples().size();
        assertSame(step(each, batch(1, "share_prefixes=false")), step(each, batch(all, "share_prefixes=false")), each);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void checkpointedIsNot(Case each) throws Exception {
        String sharing = "share_prefixes=" + new Random(each.seed()).nextBoolean();
        Step nothingAgain = step(each, batch(2, sharing));
        assertSame(nothingAgain, step(each, batch(2, sharing, "gradient_checkpointing=full")), each);
        assertSame(nothingAgain, step(each, batch(2, sharing, "gradient_checkpointing=selective")), each);
    }

    /** What is computed again draws what was drawn before. */
    @ParameterizedTest
    @MethodSource("cases")
    void checkpointedIsNotWithDropoutEither(Case each) throws Exception {
        Case dropping = each.dropping(0.2);
        String sharing = "share_prefixes=" + new Random(each.seed()).nextBoolean();
        Step nothingAgain = step(dropping, batch(2, sharing));
        assertThat(nothingAgain.loss())
                .isNotEqualTo(step(each, batch(2, sharing)).loss());
        assertSame(nothingAgain, step(dropping, batch(2, sharing, "gradient_checkpointing=full")), dropping);
        assertSame(nothingAgain, step(dropping, batch(2, sharing, "gradient_checkpointing=selective")), dropping);
    }

    /** With every weight trained, the products' own weights have gradients too. */
    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "gemma2", "phi3", "gpt_neox", "qwen2"})
    void checkpointedIsNotWithAllWeightsTrained(String family) throws Exception {
        Case each = Case.of(FAMILIES.size()).of(family);
        Step nothingAgain = fullStep(each);
        assertSame(nothingAgain, fullStep(each, "gradient_checkpointing=full"), each);
        assertSame(nothingAgain, fullStep(each, "gradient_checkpointing=selective"), each);
    }

    /** Accumulation: n × 1 is 1 × n, and anything between. */
    @ParameterizedTest
    @MethodSource("cases")
    void oneBatchIsManyAccumulated(Case each) throws Exception {
        int all = each.examples().size();
        String[] one = {
            "per_device_train_batch_size=" + all, "gradient_accumulation_steps=1", "share_prefixes=" + (all % 2 == 0)
        };
        String[] many = {
            "per_device_train_batch_size=1", "gradient_accumulation_steps=" + all, "share_prefixes=" + (all % 2 == 0)
        };
        assertSame(step(each, one), step(each, many), each);
    }

    private static String[] batch(int size, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("per_device_train_batch_size=" + size);
        return settings.toArray(String[]::new);
    }

    /** What is trained of a model. */
    @FunctionalInterface
    private interface Training {
        TrainableModel of(Torch torch, LanguageModel model);
    }

    private Step step(Case each, String... overrides) throws Exception {
        return step(each, adapterOf(each), overrides);
    }

    private static Training adapterOf(Case each) {
        return (torch, model) -> {
            LoraAdapter adapter = LoraAdapter.create(model.decoder(), each.adapter(), each.seed());
            awaken(torch, adapter, each.seed());
            return new LoraModel(model, model.useAdapter(adapter), "base");
        };
    }

    private Step fullStep(Case each, String... overrides) throws Exception {
        return step(each, (torch, model) -> new FullModel(model), overrides);
    }

    private Step step(Case each, Training trained, String... overrides) throws Exception {
        // With its usual epsilon Adam's first step is the gradient's sign: where that is rounding around 0, a coin's
        // toss.
        List<String> settings = new ArrayList<>(
                List.of("learning_rate=1e-2", "weight_decay=0.1", "adam_epsilon=1e-3", "output_dir=unused"));
        settings.addAll(List.of(overrides));
        TrainingSettings training = TestModels.settings(
                settings.stream().map(setting -> "training." + setting).toArray(String[]::new));
        Path copy = Files.createTempDirectory(folder, each.family());
        try (Torch torch = Torch.cpu();
                LanguageModel model =
                        TestModels.withTokenizer(torch, TrainingOptionsFixture.model(each.family()), copy)) {
            TrainableModel trainable = trained.of(torch, model);
            try (TrainingStep step = new TrainingStep(trainable, training)) {
                TrainingStep.Outcome outcome = step.take(0, step.plan(each.examples()), 1e-2, SkippedSteps.NONE);
                return new Step(
                        outcome.loss(),
                        step.gradients().stream().map(Tensor::toFloats).toList(),
                        trainable.parameters().all().stream()
                                .map(parameter -> parameter.master().toFloats())
                                .toList());
            }
        }
    }

    /** A fresh adapter's B is zero, and so would be A's gradients: moves everything at random. */
    private static void awaken(Torch torch, LoraAdapter adapter, long seed) {
        Random random = new Random(seed);
        for (Parameter parameter : adapter.all()) {
            float[] values = parameter.master().toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.1 * random.nextGaussian());
            }
            try (TensorScope scope = torch.scope()) {
                torch.assign(
                        parameter.master(),
                        torch.cast(
                                scope, scope.floats(values, parameter.master().shape()), ElementType.FLOAT32));
            }
            parameter.refresh(torch);
        }
    }

    private static void assertSame(Step expected, Step actual, Case each) {
        assertThat(Math.abs(actual.loss() - expected.loss()) / expected.loss())
                .as("loss of " + each)
                .isLessThan(TOLERANCE);
        for (int i = 0; i < expected.gradients().size(); i++) {
            assertThat(difference(
                            actual.gradients().get(i), expected.gradients().get(i)))
                    .as("gradient " + i + " of " + each)
                    .isLessThan(TOLERANCE);
            assertThat(difference(actual.weights().get(i), expected.weights().get(i)))
                    .as("weights " + i + " after the step of " + each)
                    .isLessThan(TOLERANCE);
        }
    }

    private static double difference(float[] actual, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        assertThat(size).isPositive();
        return Math.sqrt(difference / size);
    }
}
