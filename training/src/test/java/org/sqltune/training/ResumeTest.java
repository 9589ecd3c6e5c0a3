package org.sqltune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.split.Splits;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.lora.LoraInitialization;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.checkpoint.FullModel;
import org.sqltune.training.checkpoint.LoraModel;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.checkpoint.TrainableModel;
import org.sqltune.training.gradient.LossEvaluator;
import org.sqltune.training.loop.Trainer;

/** Runs that were cut off end where runs that were not would have ended. */
class ResumeTest {
    private static final int STEPS = 8;

    @TempDir
    Path folder;

    @BeforeAll
    static void oneThread() {
        Torch.setThreads(1);
    }

    @ParameterizedTest
    @CsvSource({
        "lora, FLOAT32",
        "lora, BFLOAT16",
        "dora, FLOAT32",
        "dora, BFLOAT16",
        "pissa, FLOAT32",
        "pissa, BFLOAT16",
        "pissa_quick, FLOAT32",
        "full, FLOAT32",
        "full, BFLOAT16",
        "muon, FLOAT32"
    })
    void aRunThatWasCutOffEndsWithTheSameBits(String method, ElementType type) throws Exception {
        Path uninterrupted = folder.resolve("uninterrupted");
        Path interrupted = folder.resolve("interrupted");
        run(method, type, uninterrupted, false, TrainingListener.NONE);
        assertThatThrownBy(() -> run(method, type, interrupted, false, crashAt(5)))
                .hasMessage("power cut");
        assertThat(interrupted.resolve("final_model")).doesNotExist();
        run(method, type, interrupted, true, TrainingListener.NONE);
        boolean full = method.equals("full") || method.equals("muon");
        String weights = full ? "model.safetensors" : "adapter_model.safetensors";
        assertThat(interrupted.resolve("final_model").resolve(weights))
                .hasSameBinaryContentAs(uninterrupted.resolve("final_model").resolve(weights));
        assertThat(losses(interrupted)).isEqualTo(losses(uninterrupted));
    }

    /** Checkpoints and the result are plain LoRA of twice the rank, on the base as it is. */
    @Test
    void whatPissaSavesComputesOnTheUnchangedBaseWhatWasTrained() throws Exception {
        Path output = folder.resolve("run");
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, fixture(), ElementType.FLOAT32)) {
            TrainableModel trainable = adapter(model, "pissa");
            try (Trainer trainer = new Trainer(
                    trainable,
                    settings(output, "adamw"),
                    new Splits<>(examples(), List.of()),
                    true,
                    TrainingListener.NONE)) {
                trainer.run(false);
            }
            double trained = loss(model);
            model.removeAdapter();
            double base = loss(model);
            assertThat(trained).isLessThan(base - 0.1);
            for (String saved : List.of("final_model", "checkpoint-8")) {
                assertThat(model.loadAdapter(output.resolve(saved)).config().rank())
                        .isEqualTo(8);
                assertThat(loss(model)).isCloseTo(trained, within(1e-5));
            }
        }
    }

    private static double loss(LanguageModel model) {
        return new LossEvaluator(model.decoder())
                .evaluate(examples(), ProgressListener.NONE)
                .loss();
    }

    @Test
    void aDamagedCheckpointFallsBackToTheOneBefore() throws Exception {
        Path output = folder.resolve("run");
        run("lora", ElementType.FLOAT32, output, false, TrainingListener.NONE);
        List<String> expected = losses(output);
        Path moments = output.resolve("checkpoint-8/optimizer.safetensors");
        byte[] bytes = Files.readAllBytes(moments);
        Files.write(moments, Arrays.copyOf(bytes, bytes.length / 2));
        List<String> warnings = new ArrayList<>();
        run("lora", ElementType.FLOAT32, output, true, new TrainingListener() {
            @Override
            public void warned(String message) {
                warnings.add(message);
            }
        });
        assertThat(warnings).singleElement().asString().contains("checkpoint-8", "cut off");
        assertThat(losses(output)).isEqualTo(expected);
    }

    @Test
    void aFolderLeftHalfWrittenByAKilledRunIsNoCheckpoint() throws Exception {
        Path output = folder.resolve("run");
        assertThatThrownBy(() -> run("lora", ElementType.FLOAT32, output, false, crashAt(5)))
                .hasMessage("power cut");
        Path partial = output.resolve(".checkpoint-6.partial");
        Files.createDirectories(partial);
        Files.writeString(partial.resolve("trainer_state.json"), "{\"global_step\": 6");
        run("lora", ElementType.FLOAT32, output, true, TrainingListener.NONE);
        assertThat(MetricsLog.read(output.resolve("metrics.jsonl"))).hasSize(STEPS);
        assertThat(partial).doesNotExist();
        assertThat(output.resolve("checkpoint-6")).exists();
    }

    @Test
    void aTemporaryOfAStepThatIsNotSavedAgainIsDeletedToo() throws Exception {
        Path output = folder.resolve("run");
        assertThatThrownBy(() -> run("lora", ElementType.FLOAT32, output, false, crashAt(5)))
                .hasMessage("power cut");
        Path partial = Files.createDirectories(output.resolve(".checkpoint-5.partial"));
        Path aside = Files.createDirectories(output.resolve(".checkpoint-2.old"));
        Files.writeString(aside.resolve("trainer_state.json"), "{}");
        Path ofTheUser = Files.writeString(output.resolve(".notes.old"), "mine");
        run("lora", ElementType.FLOAT32, output, true, TrainingListener.NONE);
        assertThat(partial).doesNotExist();
        assertThat(aside).doesNotExist();
        assertThat(ofTheUser).exists();
    }

    @Test
    void lossesBetweenTwoLinesOfTheLogOutliveTheCut() throws Exception {
        Path uninterrupted = folder.resolve("uninterrupted");
        Path interrupted = folder.resolve("interrupted");
        String everyThird = "training.logging_steps=3";
        run("lora", ElementType.FLOAT32, uninterrupted, false, TrainingListener.NONE, everyThird);
        assertThatThrownBy(() -> run("lora", ElementType.FLOAT32, interrupted, false, crashAt(5), everyThird))
                .hasMessage("power cut");
        run("lora", ElementType.FLOAT32, interrupted, true, TrainingListener.NONE, everyThird);
        assertThat(losses(uninterrupted)).hasSize(3);
        assertThat(losses(interrupted)).isEqualTo(losses(uninterrupted));
    }

    @Test
    void aRunStoppedByItsTimeLimitHasLoggedItsLastStepAndGoesOnToTheSameBits() throws Exception {
        Path uninterrupted = folder.resolve("uninterrupted");
        Path stopped = folder.resolve("stopped");
        String everyFifth = "training.logging_steps=5";
        run("lora", ElementType.FLOAT32, uninterrupted, false, TrainingListener.NONE, everyFifth);
        TrainingResult first = run(
                "lora",
                ElementType.FLOAT32,
                stopped,
                false,
                TrainingListener.NONE,
                everyFifth,
                "training.max_minutes=1e-9");
        assertThat(first.end()).isEqualTo(EndReason.TIME_LIMIT);
        assertThat(first.steps()).isOne();
        assertThat(steps(stopped)).containsExactly(1);
        assertThat(stopped.resolve("checkpoint-1")).isDirectory();
        run("lora", ElementType.FLOAT32, stopped, true, TrainingListener.NONE, everyFifth);
        assertThat(steps(stopped)).containsExactly(1, 5, 8);
        assertThat(stopped.resolve("final_model/adapter_model.safetensors"))
                .hasSameBinaryContentAs(uninterrupted.resolve("final_model/adapter_model.safetensors"));
    }

    private static List<Integer> steps(Path output) {
        return MetricsLog.read(output.resolve("metrics.jsonl")).stream()
                .map(line -> line.path("step").asInt())
                .toList();
    }

    @Test
    void aFinishedRunThatIsResumedTellsTheSameLoss() throws Exception {
        Path output = folder.resolve("run");
        TrainingResult first = run("lora", ElementType.FLOAT32, output, false, TrainingListener.NONE);
        List<Path> saved = new ArrayList<>();
        TrainingResult again = run("lora", ElementType.FLOAT32, output, true, new TrainingListener() {
            @Override
            public void saved(Path checkpoint) {
                saved.add(checkpoint);
            }
        });
        assertThat(again.trainLoss()).isEqualTo(first.trainLoss()).isPositive();
        assertThat(saved).as("nothing new to save").isEmpty();
    }

    @Test
    void aNewRunInAnOldFolderIsNotResumedFromTheOldOnesCheckpoints() throws Exception {
        Path output = folder.resolve("run");
        run("lora", ElementType.FLOAT32, output, false, TrainingListener.NONE);
        List<String> warnings = new ArrayList<>();
        assertThatThrownBy(() -> run("lora", ElementType.FLOAT32, output, false, new TrainingListener() {
                    @Override
                    public void warned(String message) {
                        warnings.add(message);
                    }

                    @Override
                    public void stepped(StepMetrics metrics, int totalSteps) {
                        if (metrics.step() == 2) {
                            throw new IllegalStateException("power cut");
                        }
                    }
                }))
                .hasMessage("power cut");
        assertThat(warnings).singleElement().asString().contains("earlier run", "--resume");
        assertThat(output.resolve("set_aside/checkpoint-8")).isDirectory();
        assertThat(output.resolve("checkpoint-8")).doesNotExist();
        List<Integer> steps = new ArrayList<>();
        run("lora", ElementType.FLOAT32, output, true, new TrainingListener() {
            @Override
            public void stepped(StepMetrics metrics, int totalSteps) {
                steps.add(metrics.step());
            }
        });
        assertThat(steps).as("from the start").hasSize(STEPS);
        assertThat(output.resolve("set_aside")).doesNotExist();
    }

    @Test
    void aDamagedCheckpointDoesNotDisplaceTheNextOnesSaved() throws Exception {
        Path output = folder.resolve("run");
        String keepOne = "training.save_total_limit=1";
        run("lora", ElementType.FLOAT32, output, false, TrainingListener.NONE);
        Files.writeString(output.resolve("checkpoint-8/adapter_model.safetensors"), "cut");
        assertThatThrownBy(() -> run("lora", ElementType.FLOAT32, output, true, crashAt(8), keepOne))
                .hasMessage("power cut");
        assertThat(output.resolve("checkpoint-6"))
                .as("what the run goes on from")
                .isDirectory();
        run("lora", ElementType.FLOAT32, output, true, TrainingListener.NONE, keepOne);
        assertThat(output).isDirectoryNotContaining("glob:**checkpoint-6");
        assertThat(output).isDirectoryContaining("glob:**checkpoint-8");
    }

    private static TrainingListener crashAt(int step) {
        return new TrainingListener() {
            @Override
            public void stepped(StepMetrics metrics, int totalSteps) {
                if (metrics.step() == step) {
                    throw new IllegalStateException("power cut");
                }
            }
        };
    }

    private List<String> losses(Path output) {
        return MetricsLog.read(output.resolve("metrics.jsonl")).stream()
                .map(line -> line.path("step") + " " + line.path("loss") + " " + line.path("grad_norm"))
                .toList();
    }

    private static TrainingResult run(
            String method,
            ElementType type,
            Path output,
            boolean resume,
            TrainingListener listener,
            String... overrides)
            throws URISyntaxException {
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, fixture(), type)) {
            TrainableModel trainable =
                    method.equals("full") || method.equals("muon") ? new FullModel(model) : adapter(model, method);
            try (Trainer trainer = new Trainer(
                    trainable,
                    settings(output, method.equals("muon") ? "muon" : "adamw", overrides),
                    new Splits<>(examples(), List.of()),
                    true,
                    listener)) {
                return trainer.run(resume);
            }
        }
    }

    private static Path fixture() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ResumeTest.class.getResource("/parity/tiny_llama_with_tokenizer"))
                .toURI());
    }

    private static TrainableModel adapter(LanguageModel model, String kind) {
        LoraConfig config =
                new LoraConfig(4, 8, 0.1, List.of(LoraConfig.ALL_LINEAR)).withWeightDecomposed(kind.equals("dora"));
        LoraInitialization initialization = switch (kind) {
            case "pissa" -> new LoraInitialization.Principal(0);
            case "pissa_quick" -> new LoraInitialization.Principal(2);
            default -> new LoraInitialization.Uniform();
        };
        LoraAdapter adapter = LoraAdapter.create(model.decoder(), config, initialization, 3);
        return new LoraModel(model, model.useAdapter(adapter), "tiny");
    }

    private static TrainingSettings settings(Path output, String optim, String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "training.output_dir=" + output,
                "training.max_steps=" + STEPS,
                "training.per_device_train_batch_size=2",
                "training.gradient_accumulation_steps=2",
                "training.learning_rate=5e-3",
                "training.optim=" + optim,
                "training.warmup_steps=2",
                "training.weight_decay=0.01",
                "training.save_steps=2",
                "training.save_total_limit=null",
                "training.logging_steps=1"));
        all.addAll(List.of(overrides));
        return TestModels.settings(all.toArray(String[]::new));
    }

    private static List<TokenizedExample> examples() {
        Random random = new Random(5);
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            examples.add(new TokenizedExample(
                    "e" + i,
                    random.longs(6 + i % 3, 3, 90).toArray(),
                    random.longs(4, 3, 90).toArray()));
        }
        return examples;
    }
}
