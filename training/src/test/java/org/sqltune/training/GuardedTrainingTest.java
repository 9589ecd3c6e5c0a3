package org.sqltune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.AnswerScorer.AnswerScores;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.checkpoint.TrainableModel;

/** Runs whose examples or settings would spoil the weights, and runs that end early. */
class GuardedTrainingTest {
    /** A token whose embedding isn't a number. */
    private static final int POISON = 95;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @BeforeAll
    static void oneThread() {
        Torch.setThreads(1);
    }

    @Test
    void aStepWithoutAFiniteLossIsSkippedAndCounted() throws Exception {
        TrainingResult result = poisoned("run", 5).start();
        assertThat(result.end()).isEqualTo(EndReason.ALL_STEPS);
        assertThat(result.skippedSteps()).isEqualTo(2);
        assertThat(warnings)
                .containsExactly("Step 3 is skipped: its loss is NaN", "Step 8 is skipped: its loss is NaN");
        assertThat(poisoned("run", 5).lines().get(2)).contains("\"step\":3", "\"loss\":null", "\"skipped_steps\":1");
        assertThat(result.trainLoss()).isNaN();
        assertThat(poisoned("run", 5).lines().get(6)).containsPattern("\"loss\":[0-9.]+,");
    }

    @Test
    void aRunResumedBehindASkippedStepEndsWithTheSameBits() throws Exception {
        TinyRun undisturbed = poisoned("undisturbed", 5);
        undisturbed.start();
        TinyRun crashed = poisoned("crashed", 5).toldTo(new TrainingListener() {
            @Override
            public void stepped(StepMetrics metrics, int totalSteps) {
                if (metrics.step() == 5) {
                    throw new IllegalStateException("power cut");
                }
            }
        });
        assertThatThrownBy(crashed::start).hasMessage("power cut");
        poisoned("crashed", 5).resume();
        assertThat(crashed.lines()).isEqualTo(undisturbed.lines());
        assertThat(crashed.finalWeights()).hasSameBinaryContentAs(undisturbed.finalWeights());
    }

    @Test
    void tooManyInARowEndTheRunBehindACheckpoint() throws Exception {
        List<TokenizedExample> examples = new ArrayList<>(TinyRun.examples(5, 6));
        for (int i = 0; i < 8; i++) {
            examples.add(poison());
        }
        TinyRun run = poisoned("run", 0).on(examples).with("max_skipped_steps=2", "save_steps=0");
        assertThatThrownBy(run::start)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("2 steps in a row were skipped")
                .hasMessageContaining("its loss is NaN")
                .hasMessageContaining("learning_rate")
                .hasMessageContaining("Saved and whole: " + folder.resolve("run/checkpoint-5"));
        warnings.clear();
        assertThatThrownBy(run::resume).hasMessageContaining("up to step 7");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void spoiltWeightsAreNotSaved() {
        TinyRun run = new TinyRun(folder.resolve("run")).with("learning_rate=1e30", "save_steps=1");
        assertThatThrownBy(run::start)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("aren't saved")
                .hasMessageContaining("training.learning_rate");
        assertThat(folder.resolve("run/checkpoint-1")).doesNotExist();
    }

    @Test
    void patienceEndsARunAndTheBestAnswersAreKept() throws Exception {
        double[] scores = {0.1, 0.5, 0.4, 0.5};
        TinyRun run = new TinyRun(folder.resolve("run"))
                .with(
                        "metric_for_best_model=exact_match",
                        "early_stopping_patience=2",
                        "eval_steps=1",
                        "logging_steps=3",
                        "save_steps=0")
                .scoredBy(new Scripted(scores));
        TrainingResult result = run.start();
        assertThat(result.end()).isEqualTo(EndReason.EARLY_STOPPING);
        assertThat(result.steps()).isEqualTo(4);
        assertThat(result.bestStep()).isEqualTo(2);
        assertThat(result.bestMetric()).isEqualTo(0.5);
        assertThat(run.lines()).hasSize(6).anyMatch(line -> line.contains("\"step\":4") && line.contains("\"loss\""));
        assertThat(run.finalWeights())
                .hasSameBinaryContentAs(folder.resolve("run/checkpoint-2/adapter_model.safetensors"));
        TrainingResult again = run.scoredBy(progress -> {
                    throw new AssertionError("it has ended");
                })
                .resume();
        assertThat(again.end()).isEqualTo(EndReason.EARLY_STOPPING);
        assertThat(again.bestStep()).isEqualTo(2);
        assertThat(again.evalLoss()).isEqualTo(result.evalLoss());
        assertThat(Files.exists(folder.resolve("run/checkpoint-2"))).isTrue();
    }

    @Test
    void patienceSurvivesACrash() throws Exception {
        String[] settings = {
            "metric_for_best_model=exact_match", "early_stopping_patience=3", "eval_steps=1", "save_steps=1"
        };
        double[] scores = {0.5, 0.4, 0.3, 0.2, 0.9};
        Scripted script = new Scripted(scores);
        TinyRun run = new TinyRun(folder.resolve("run")).with(settings).scoredBy(script);
        run.toldTo(new TrainingListener() {
            @Override
            public void saved(Path checkpoint) {
                if (checkpoint.endsWith("checkpoint-3")) {
                    throw new IllegalStateException("power cut");
                }
            }
        });
        assertThatThrownBy(run::start).hasMessage("power cut");
        TrainingResult result = run.toldTo(TrainingListener.NONE).resume();
        assertThat(result.end()).isEqualTo(EndReason.EARLY_STOPPING);
        assertThat(result.steps()).isEqualTo(4);
        assertThat(result.bestStep()).isOne();
    }

    /** Scores in a row. */
    private static final class Scripted implements AnswerScorer {
        private final double[] scores;
        private int next;

        Scripted(double... scores) {
            this.scores = scores;
        }

        @Override
        public AnswerScores score(ProgressListener progress) {
            return new AnswerScores(OptionalDouble.of(scores[next++]), OptionalDouble.empty());
        }
    }

    /** A run whose example at a place holds the token without an embedding. */
    private TinyRun poisoned(String name, int place) {
        List<TokenizedExample> examples = new ArrayList<>(TinyRun.examples(5, 10));
        examples.set(place, poison());
        // In bfloat16 the weights are copies and no views of the fixture's file.
        return new TinyRun(folder.resolve(name))
                .in(ElementType.BFLOAT16)
                .on(examples)
                .with("load_best_model_at_end=false")
                .toldTo(new TrainingListener() {
                    @Override
                    public void warned(String message) {
                        warnings.add(message);
                    }
                })
                .changing(GuardedTrainingTest::withoutAnEmbedding);
    }

    private static TokenizedExample poison() {
        return new TokenizedExample("poison", new long[] {1, POISON, 5}, new long[] {6, 2});
    }

    private static TrainableModel withoutAnEmbedding(TrainableModel model) {
        Decoder decoder = model.model().decoder();
        try (TensorScope scope = decoder.torch().scope()) {
            Tensor embedding = decoder.embedding().value();
            int width = decoder.config().hiddenSize();
            float[] values =
                    decoder.torch().cast(scope, embedding, ElementType.FLOAT32).toFloats();
            Arrays.fill(values, POISON * width, (POISON + 1) * width, Float.NaN);
            Tensor poisoned = scope.floats(values, embedding.shape());
            decoder.torch().assign(embedding, decoder.torch().cast(scope, poisoned, ElementType.BFLOAT16));
        }
        return model;
    }
}
