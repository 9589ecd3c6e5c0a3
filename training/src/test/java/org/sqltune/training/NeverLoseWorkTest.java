package org.sqltune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileHashes;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.TrainableParameters;
import org.sqltune.training.AnswerScorer.AnswerScores;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.checkpoint.TrainableModel;

/** What ends a run before its time costs none of it. */
class NeverLoseWorkTest {
    private static final String[] EVERYTHING_RANDOM = {
        "neftune_noise_alpha=5",
        "label_smoothing_factor=0.1",
        "eval_steps=2",
        "logging_steps=3",
        "warmup_ratio=0.3",
        "lr_scheduler_type=inverse_sqrt"
    };

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Torch.setThreads(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 8})
    void aStoppedRunGoesOnToTheSameBits(int step) throws Exception {
        TinyRun undisturbed = run("undisturbed");
        undisturbed.start();
        StopRequest stop = new StopRequest();
        TinyRun stopped = run("stopped").stoppedBy(stop).toldTo(at(step, stop::request));
        assertThatThrownBy(stopped::start)
                .isInstanceOf(RunInterruptedException.class)
                .hasMessageContaining("stopped after step " + step + " of 8")
                .hasMessageContaining("checkpoint-" + step);
        assertThat(folder.resolve("stopped/checkpoint-" + step)).isDirectory();
        assertThat(folder.resolve("stopped/final_model")).doesNotExist();
        run("stopped").resume();
        assertThat(stopped.lines()).isEqualTo(undisturbed.lines());
        assertThat(stopped.finalWeights()).hasSameBinaryContentAs(undisturbed.finalWeights());
    }

    @Test
    void anEvaluationThatWasStoppedIsDoneBeforeGoingOn() throws Exception {
        TinyRun undisturbed = run("undisturbed").scoredBy(progress -> scores(0.5));
        undisturbed.start();
        StopRequest stop = new StopRequest();
        TinyRun stopped = run("stopped").stoppedBy(stop).scoredBy(progress -> {
            progress.advanced(1, 3, "");
            stop.request();
            progress.advanced(2, 3, "");
            return scores(0.9);
        });
        assertThatThrownBy(stopped::start)
                .isInstanceOf(RunInterruptedException.class)
                .hasMessageContaining("step 2 of 8");
        assertThat(String.join("", stopped.lines())).doesNotContain("eval_loss");
        run("stopped").scoredBy(progress -> scores(0.5)).resume();
        assertThat(stopped.lines()).isEqualTo(undisturbed.lines()).anyMatch(line -> line.contains("eval_exact_match"));
    }

    @Test
    void nobodyHeedsARequestBeforeTheFirstStepOrAfterTheLast() throws Exception {
        StopRequest stop = new StopRequest();
        assertThat(stop.request()).isFalse();
        run("run").stoppedBy(stop).start();
        assertThat(stop.request()).isFalse();
    }

    @Test
    void aFullDiskLeavesTheLastCheckpointAndSaysSoInOneLine() throws Exception {
        TinyRun undisturbed = run("undisturbed");
        undisturbed.start();
        TinyRun full = run("full").changing(model -> new FullDisk(model, 2));
        assertThatThrownBy(full::start)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("Can't write " + folder.resolve("full/checkpoint-6"))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("Saved and whole: " + folder.resolve("full/checkpoint-4"))
                .hasMessageContaining("--resume")
                .message()
                .doesNotContain("\n");
        assertThat(folder.resolve("full/checkpoint-6")).doesNotExist();
        assertThat(folder.resolve("full/.checkpoint-6.partial")).doesNotExist();
        run("full").resume();
        assertThat(full.lines()).isEqualTo(undisturbed.lines());
        assertThat(full.finalWeights()).hasSameBinaryContentAs(undisturbed.finalWeights());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer_state.json", "optimizer.safetensors", "adapter_model.safetensors"})
    void aCheckpointWithACutOrMissingFileFallsBackToTheOneBefore(String file) throws Exception {
        for (boolean missing : List.of(true, false)) {
            String name = missing ? "missing" : "cut";
            TinyRun run = run(name);
            run.start();
            List<String> expected = run.lines();
            Path damaged = folder.resolve(name).resolve("checkpoint-8").resolve(file);
            String whole = Files.readString(damaged, StandardCharsets.ISO_8859_1);
            Files.delete(damaged);
            if (!missing) {
                Files.writeString(damaged, whole.substring(0, whole.length() / 2), StandardCharsets.ISO_8859_1);
            }
            List<String> warnings = new ArrayList<>();
            run(name).toldTo(warningsTo(warnings)).resume();
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("checkpoint-8 can't be used", "the previous checkpoint");
            assertThat(run.lines()).isEqualTo(expected);
        }
    }

    @Test
    void linesOfTheLogThatACrashLostComeBackFromTheCheckpoint() throws Exception {
        TinyRun undisturbed = run("undisturbed");
        undisturbed.start();
        TinyRun crashed = run("crashed").toldTo(at(7, () -> {
            throw new IllegalStateException("power cut");
        }));
        assertThatThrownBy(crashed::start).hasMessage("power cut");
        Path log = folder.resolve("crashed").resolve(MetricsLog.NAME);
        Files.writeString(log, Files.readString(log).substring(0, 40));
        run("crashed").resume();
        assertThat(crashed.lines()).isEqualTo(undisturbed.lines());
    }

    @Test
    void anotherNumberOfThreadsIsToldOrWithFullDeterminismUndone() throws Exception {
        TinyRun run = run("run");
        run.start();
        Torch.setThreads(2);
        try {
            List<String> warnings = new ArrayList<>();
            run("run").toldTo(warningsTo(warnings)).resume();
            assertThat(warnings).singleElement().asString().contains("began on 1 threads and continues on 2");
            assertThat(Torch.threads()).isEqualTo(2);
            run("run")
                    .with("full_determinism=true")
                    .toldTo(warningsTo(warnings))
                    .resume();
            assertThat(warnings).hasSize(1);
            assertThat(Torch.threads()).isOne();
        } finally {
            Torch.setThreads(1);
        }
    }

    @Test
    void epochCountsExamplesAlsoWhereTheLastStepOfAPassHasFewer() throws Exception {
        TinyRun nine = new TinyRun(folder.resolve("nine"))
                .with("per_device_train_batch_size=4", "max_steps=4")
                .on(TinyRun.examples(5, 9));
        nine.start();
        assertThat(nine.lines().stream().map(line -> line.replaceAll(".*\"epoch\":([0-9.]{1,5}).*", "$1")))
                .containsExactly("0.444", "0.888", "1.0", "1.444");
        assertThat(Files.readString(folder.resolve("nine/checkpoint-2/trainer_state.json")))
                .contains("\"epoch\" : 0.888");
    }

    @Test
    void equalThreadsGiveEqualBits() throws Exception {
        Torch.setThreads(2);
        try {
            TinyRun one = run("one");
            TinyRun other = run("other");
            one.start();
            other.start();
            assertThat(other.lines()).isEqualTo(one.lines());
            assertThat(other.finalWeights()).hasSameBinaryContentAs(one.finalWeights());
        } finally {
            Torch.setThreads(1);
        }
    }

    private TinyRun run(String name) {
        return new TinyRun(folder.resolve(name)).with(EVERYTHING_RANDOM);
    }

    private static AnswerScores scores(double exactMatch) {
        return new AnswerScores(OptionalDouble.of(exactMatch), OptionalDouble.empty());
    }

    private static TrainingListener at(int step, Runnable action) {
        return new TrainingListener() {
            @Override
            public void stepped(StepMetrics metrics, int totalSteps) {
                if (metrics.step() == step) {
                    action.run();
                }
            }
        };
    }

    private static TrainingListener warningsTo(List<String> warnings) {
        return new TrainingListener() {
            @Override
            public void warned(String message) {
                warnings.add(message);
            }
        };
    }

    /** A model whose disk has room for a few checkpoints. */
    private static final class FullDisk implements TrainableModel {
        private final TrainableModel model;
        private int room;

        FullDisk(TrainableModel model, int room) {
            this.model = model;
            this.room = room;
        }

        @Override
        public void writeCheckpoint(Path target, FileHashes hashes) throws IOException {
            model.writeCheckpoint(target, hashes);
            if (room-- == 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public LanguageModel model() {
            return model.model();
        }

        @Override
        public TrainableParameters parameters() {
            return model.parameters();
        }

        @Override
        public double dropout() {
            return model.dropout();
        }

        @Override
        public int restore(Path saved, Restoration how) {
            return model.restore(saved, how);
        }

        @Override
        public void writeFinal(Path target) throws IOException {
            model.writeFinal(target);
        }
    }
}
