package org.sqltune.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.training.estimate.EstimateFixture.memory;
import static org.sqltune.training.estimate.EstimateFixture.texts;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.config.DecoderConfig;

/** What must be so whatever the sizes are. */
class MemoryModelTest {
    private static final String CHECKPOINTING = "training.gradient_checkpointing=true";
    private static final String FULL = "training.method=full";
    private static final int TRIALS = 40;

    @TempDir
    private Path folder;

    private EstimateFixture models;

    @BeforeEach
    void makeModels() {
        models = new EstimateFixture(folder);
    }

    /** A model, a length and settings that only chance chooses. */
    private final class Trial {
        private final Random random;
        private final int layers;
        private final int hidden;
        private final int vocabulary;
        private final int tokens;
        private final String[] settings;

        Trial(RepetitionInfo repetition) {
            random = new Random(repetition.getCurrentRepetition());
            layers = 2 + random.nextInt(40);
            hidden = 256 * (1 + random.nextInt(16));
            vocabulary = 1000 + random.nextInt(100_000);
            tokens = 16 + random.nextInt(2000);
            settings = new String[] {
                "lora.r=" + (1 + random.nextInt(64)),
                "lora.target_modules=" + (random.nextBoolean() ? "all-linear" : "[q_proj]"),
                "lora.lora_dropout=" + (random.nextBoolean() ? 0.1 : 0),
                random.nextBoolean() ? FULL : "training.method=lora"
            };
        }

        DecoderConfig model() {
            return models.llama(layers, hidden, vocabulary);
        }

        long peak(DecoderConfig model, int length, String... more) {
            String[] all = java.util.stream.Stream.concat(List.of(settings).stream(), List.of(more).stream())
                    .toArray(String[]::new);
            return memory(model, texts(10, length), all).peak();
        }

        long peak(String... more) {
            return peak(model(), tokens, more);
        }
    }

    @RepeatedTest(TRIALS)
    void aLargerModelNeedsMore(RepetitionInfo repetition) {
        Trial trial = new Trial(repetition);
        long peak = trial.peak();
        int length = trial.tokens;
        assertThat(trial.peak(models.llama(trial.layers + 1, trial.hidden, trial.vocabulary), length))
                .isGreaterThan(peak);
        assertThat(trial.peak(models.llama(trial.layers, trial.hidden + 256, trial.vocabulary), length))
                .isGreaterThan(peak);
        assertThat(trial.peak(models.llama(trial.layers, trial.hidden, trial.vocabulary + 1000), length))
                .isGreaterThan(peak);
    }

    @RepeatedTest(TRIALS)
    void aLongerTextNeverNeedsLess(RepetitionInfo repetition) {
        Trial trial = new Trial(repetition);
        assertThat(trial.peak(trial.model(), trial.tokens + 1 + trial.random.nextInt(1000)))
                .isGreaterThanOrEqualTo(trial.peak());
    }

    @RepeatedTest(TRIALS)
    void checkpointingNeverNeedsMore(RepetitionInfo repetition) {
        Trial trial = new Trial(repetition);
        long selective = trial.peak("training.gradient_checkpointing=selective");
        assertThat(selective).isLessThanOrEqualTo(trial.peak());
        assertThat(trial.peak(CHECKPOINTING)).isLessThanOrEqualTo(selective);
    }

    @RepeatedTest(TRIALS)
    void fullTrainingNeverNeedsLessThanAnAdapter(RepetitionInfo repetition) {
        Trial trial = new Trial(repetition);
        assertThat(trial.peak(FULL)).isGreaterThan(trial.peak("training.method=lora", "lora.r=1"));
    }

    @Test
    void fewerBitsAWeightNeedLess() {
        DecoderConfig model = models.tinyLlama();
        long none = memory(model, texts(2, 200), CHECKPOINTING).of(MemoryPart.WEIGHTS);
        long int8 = memory(model, texts(2, 200), "model.quantization=int8").of(MemoryPart.WEIGHTS);
        long nf4 = memory(model, texts(2, 200), "model.quantization=nf4").of(MemoryPart.WEIGHTS);
        assertThat(int8).isBetween((long) (0.45 * none), (long) (0.65 * none));
        assertThat(nf4).isBetween((long) (0.25 * none), (long) (0.45 * none));
    }

    @Test
    void everyWeightThatIsTrainedTakesEighteenBytes() {
        DecoderConfig model = models.llama(4, 2048, 32_000);
        MemoryEstimate full = memory(model, texts(2, 64), FULL);
        long parameters = ModelShape.of(model, EstimateFixture.run(FULL)).parameters();
        long kept = full.of(MemoryPart.TRAINED) + full.of(MemoryPart.GRADIENTS) + full.of(MemoryPart.OPTIMIZER);
        assertThat(kept).isBetween(18 * parameters, 21 * parameters);
        assertThat(full.of(MemoryPart.WEIGHTS)).isLessThan(parameters);
    }

    @Test
    void theWholeIsTheSumOfItsParts() {
        MemoryEstimate estimate = memory(models.tinyLlama(), texts(2, 200));
        assertThat(estimate.peak())
                .isEqualTo(estimate.parts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        assertThat(estimate.parts()).containsOnlyKeys(MemoryPart.values());
    }
}
