package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.console.ExitCodes;

/** A run by configuration file, against the same run in Python with transformers and PEFT. */
class TrainCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void aRunByConfigurationFollowsPythonsLosses() throws IOException {
        JsonNode expected = JSON.readTree(TestCli.tinyModel()
                        .resolve("expected_cli_training.json")
                        .toFile())
                .get("in_order")
                .get("steps");
        assertThat(cli.run("train", "--config", config().toString()))
                .as(cli::err)
                .isZero();

        List<String> lines = Files.readAllLines(folder.resolve("out/metrics.jsonl"));
        assertThat(lines).hasSameSizeAs(expected);
        long examples = 0;
        for (int i = 0; i < lines.size(); i++) {
            JsonNode found = JSON.readTree(lines.get(i));
            JsonNode python = expected.get(i);
            examples += python.get("examples").asLong();
            assertThat(found.get("step")).isEqualTo(python.get("step"));
            assertThat(found.get("loss").asDouble())
                    .isCloseTo(python.get("loss").asDouble(), within(1e-3));
            assertThat(found.get("grad_norm").asDouble())
                    .isCloseTo(python.get("grad_norm").asDouble(), within(1e-3));
            assertThat(found.get("learning_rate").asDouble())
                    .isCloseTo(python.get("learning_rate").asDouble(), within(1e-12));
            assertThat(found.get("examples").asLong()).isEqualTo(examples);
            assertThat(found.get("seconds").asDouble()).isPositive();
        }
        assertThat(folder.resolve("out/final_model")).isDirectoryContaining("glob:**adapter_model.safetensors");
        assertThat(folder.resolve("out/config.yaml")).content().contains("max_steps: 12");
    }

    @Test
    void theEndNamesTheModelThePictureAndTheNextCommand() throws IOException {
        assertThat(cli.run("train", "--config", config().toString(), "training.max_steps=1"))
                .isZero();
        Path out = folder.resolve("out");
        assertThat(cli.out())
                .contains("Model: " + out.resolve("final_model"))
                .contains("Loss curve: " + out.resolve("loss.png"))
                .contains("Next: sqltune infer --adapter-path " + out.resolve("final_model"));
        assertThat(out.resolve("loss.png")).isNotEmptyFile();
    }

    @Test
    void theAdaptersModelCardHasACommandThatIsUnderstood() throws IOException {
        assertThat(cli.run("train", "--config", config().toString(), "training.max_steps=1"))
                .isZero();
        String command = Files.readAllLines(folder.resolve("out/final_model/README.md")).stream()
                .filter(line -> line.startsWith("    sqltune "))
                .findFirst()
                .orElseThrow();
        List<String> words =
                new ArrayList<>(Arrays.asList(command.strip().replace("\"", "").split(" ")));
        words.add("--help");
        assertThat(cli.run(words.subList(1, words.size()).toArray(String[]::new)))
                .as(cli::err)
                .isZero();
    }

    @Test
    void theDemosTableTellsWhoWroteTheQuestions() {
        assertThat(cli.run(
                        "train",
                        "--base-model=" + TestCli.tinyModel(),
                        "--max-samples=1",
                        "--output-dir=" + folder.resolve("demo"),
                        "training.max_steps=1",
                        "inference.max_new_tokens=1"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out())
                .containsPattern("validation: execution accuracy +\\| +1 \\| +0.0 % \\|")
                .containsPattern("test: exact match +\\| +1 \\| +0.0 % \\|")
                .contains(
                        "validation: held-out synthetic pairs; test: hand-written questions; natural: questions in everyday words");
    }

    @Test
    void answersToASampleChooseTheBestCheckpointWhereThatIsAskedFor() throws IOException {
        assertThat(cli.run(
                        "train",
                        "--base-model=" + TestCli.tinyModel(),
                        "--max-samples=2",
                        "--output-dir=" + folder.resolve("demo"),
                        "training.max_steps=3",
                        "training.eval_steps=1",
                        "training.metric_for_best_model=execution_accuracy",
                        "training.metric_sample_size=1",
                        "training.early_stopping_patience=1",
                        "inference.max_new_tokens=2"))
                .as(cli::err)
                .isZero();
        // Nothing this model answers is right: the first evaluation is as good as any.
        assertThat(folder.resolve("demo/metrics.jsonl"))
                .content()
                .contains("\"eval_exact_match\":0.0,\"eval_execution_accuracy\":0.0")
                .doesNotContain("\"step\":3");
        assertThat(cli.out()).contains("Nothing had become better for a while at step 2.");
        assertThat(folder.resolve("demo/final_model/adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("demo/checkpoint-1/adapter_model.safetensors"));
    }

    @Test
    void answersCannotBeScoredWhereTheDataHasNoQuestions() throws IOException {
        assertThat(cli.run("train", "--config", config().toString(), "training.metric_for_best_model=exact_match"))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err())
                .contains(
                        "training.metric_for_best_model: exact_match needs a validation set of questions", "eval_loss");
    }

    @Test
    void aRunThatNeedsMoreMemoryThanThereIsIsRefusedBeforeAnythingBegins() throws IOException {
        Path model = Files.createDirectory(folder.resolve("huge"));
        try (Stream<Path> files = Files.list(TestCli.tinyModel())) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(
                model.resolve("config.json"),
                config.replaceFirst("\"num_hidden_layers\": \\d+", "\"num_hidden_layers\": 1000")
                        .replaceFirst("\"intermediate_size\": \\d+", "\"intermediate_size\": 10000000"));
        assertThat(cli.run("train", "--config", config().toString(), "--base-model=" + model, "training.max_steps=1"))
                .as(cli::err)
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("of memory but", "training.check_memory=false");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whatCannotBeScoredIsNotInTheTable() throws IOException {
        String row = "{\"question\": \"Who?\", \"schema\": \"TABLE: staff ( name (text) )\", \"sql\": \"SELECT 1\"}";
        Path rows = Files.write(folder.resolve("rows.jsonl"), List.of(row, row));
        assertThat(cli.run(
                        "train",
                        "--base-model=" + TestCli.tinyModel(),
                        "--output-dir=" + folder.resolve("own"),
                        "data.train_file=" + rows,
                        "data.validation_split=0.5",
                        "training.max_steps=1",
                        "inference.max_new_tokens=1"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out()).contains("validation: exact match").doesNotContain("execution accuracy");
    }

    private Path config() throws IOException {
        String model = TestCli.tinyModel().toAbsolutePath().normalize().toString();
        return Files.writeString(folder.resolve("run.yaml"), """
                model:
                  name: '%1$s'
                  dtype: fp32
                lora:
                  r: 4
                  lora_alpha: 8
                  lora_dropout: 0.0
                  target_modules: [q_proj, v_proj]
                data:
                  train_file: '%1$s/data.jsonl'
                  shuffle: false
                training:
                  init_adapter: '%1$s/init_adapter'
                  output_dir: '%2$s/out'
                  max_steps: 12
                  per_device_train_batch_size: 2
                  gradient_accumulation_steps: 3
                  learning_rate: 0.005
                  lr_scheduler_type: constant
                  warmup_steps: 0
                  weight_decay: 0.01
                  max_grad_norm: 1.0
                  logging_steps: 1
                  seed: 42
                """.formatted(model, folder));
    }
}
