package org.sqltune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.split.Splits;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.TrainingOptionsFixture;
import org.sqltune.training.checkpoint.CheckpointStore;
import org.sqltune.training.checkpoint.RunIdentity;

/** A checkpoint of which one bit is not as it was saved is not resumed from. */
class FlippedBitsTest {
    private static final int FLIPS = 50;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void warned(String message) {
            warnings.add(message);
        }
    };

    @BeforeAll
    static void oneThread() {
        Torch.setThreads(1);
    }

    @BeforeEach
    void train() throws Exception {
        run().start();
    }

    @Test
    void eachOfFiftyFlippedBitsIsNoticedAndTheCheckpointBeforeIsTaken() throws Exception {
        Random random = new Random(13);
        Set<String> files = new HashSet<>();
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(
                        torch, TrainingOptionsFixture.model("tiny_llama_with_tokenizer"), ElementType.FLOAT32)) {
            CheckpointStore checkpoints = new CheckpointStore(
                    torch, folder, RunIdentity.of(null, model, new Splits<>(TinyRun.examples(5, 10), List.of())));
            assertThat(checkpoints.latest(listener)).hasValue(8);
            for (int i = 0; i < FLIPS; i++) {
                warnings.clear();
                Path file = anyFile(random);
                files.add(file.getFileName().toString());
                long bit = (long) (random.nextDouble() * 8 * Files.size(file));
                flip(file, bit);
                assertThat(checkpoints.latest(listener))
                        .as("bit %d of %s", bit, file)
                        .hasValue(6);
                assertThat(warnings).singleElement().asString().contains("checkpoint-8 can't be used");
                flip(file, bit);
            }
            assertThat(files).as("files that were hit").hasSizeGreaterThan(6);
            assertThat(checkpoints.latest(listener)).hasValue(8);
        }
    }

    @Test
    void aRunResumedFromTheCheckpointBeforeEndsWithTheSameBits() throws Exception {
        byte[] expected = Files.readAllBytes(run().finalWeights());
        Path weights = folder.resolve("checkpoint-8/adapter_model.safetensors");
        flip(weights, 8 * Files.size(weights) - 5);
        run().toldTo(listener).resume();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("checkpoint-8 can't be used (adapter_model.safetensors was changed, says SHA256SUMS)");
        assertThat(run().finalWeights()).hasBinaryContent(expected);
    }

    @Test
    void whenNoCheckpointIsLeftTheRunIsNotBegunAnew() throws Exception {
        for (int step : List.of(2, 4, 6, 8)) {
            flip(folder.resolve("checkpoint-" + step + "/scheduler.json"), 77);
        }
        assertThatThrownBy(() -> run().resume())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("None of the 4 checkpoints in " + folder)
                .hasMessageContaining("without --resume");
    }

    @Test
    void aFileMoreOrLessIsNoticed() throws Exception {
        Files.writeString(folder.resolve("checkpoint-8/more.json"), "{}");
        Files.delete(folder.resolve("checkpoint-6/tokenizer.json"));
        Files.delete(folder.resolve("checkpoint-4/SHA256SUMS"));
        run().toldTo(listener).resume();
        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(0)).contains("more.json isn't listed");
        assertThat(warnings.get(1)).contains("tokenizer.json is missing");
        assertThat(warnings.get(2)).contains("SHA256SUMS is missing");
    }

    @Test
    void aCheckpointOfAnOlderVersionIsTakenWithALine() throws Exception {
        Files.delete(folder.resolve("checkpoint-8/SHA256SUMS"));
        Files.delete(folder.resolve("checkpoint-8/checkpoint.json"));
        run().toldTo(listener).resume();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("checkpoint-8 is of an older version", "can't be verified");
    }

    @Test
    void aDamagedBestCheckpointDoesNotBecomeTheResult() throws Exception {
        Path selected = folder.resolve("selected");
        List<Double> scores = new ArrayList<>(List.of(0.1, 0.9, 0.2, 0.3));
        TrainingListener damaging = new TrainingListener() {
            @Override
            public void warned(String message) {
                warnings.add(message);
            }

            @Override
            public void saved(Path checkpoint) {
                if (checkpoint.endsWith("checkpoint-8")) {
                    try {
                        flip(selected.resolve("checkpoint-4/adapter_model.safetensors"), 9999);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        };
        TrainingResult result = new TinyRun(selected)
                .with("eval_steps=2", "load_best_model_at_end=true", "metric_for_best_model=exact_match")
                .scoredBy(progress -> new AnswerScorer.AnswerScores(
                        java.util.OptionalDouble.of(scores.remove(0)), java.util.OptionalDouble.empty()))
                .toldTo(damaging)
                .start();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("checkpoint-4, the best checkpoint, can't be used", "the weights of the last step, 8");
        assertThat(result.bestStep()).isEqualTo(8);
    }

    private TinyRun run() {
        return new TinyRun(folder);
    }

    private Path anyFile(Random random) throws IOException {
        try (Stream<Path> inside = Files.list(folder.resolve("checkpoint-8"))) {
            List<Path> files = inside.sorted().toList();
            return files.get(random.nextInt(files.size()));
        }
    }

    private static void flip(Path file, long bit) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
        Files.write(file, content);
    }
}
