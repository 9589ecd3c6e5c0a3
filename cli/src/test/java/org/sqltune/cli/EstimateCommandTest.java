package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.console.ExitCodes;

class EstimateCommandTest {
    private static final List<String> DEMO =
            List.of("--max-samples=100", "training.max_steps=4", "training.eval_steps=0", "evaluation.max_samples=1");

    /** Looser than the 15 % that benchmarks/estimate.py is for: other allocators and busy machines differ. */
    private static final double LEAST = 0.7;

    private static final double MOST = 1.4;

    @TempDir
    private Path folder;

    @Test
    void theTableSaysWhatARunTakes() {
        TestCli cli = new TestCli(folder);
        assertThat(cli.run("estimate", "--max-samples=64", "training.max_steps=3"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out()).contains("parameters", "8,335,008", "activations", "peak", "time of training", "Fits: ");
    }

    @Test
    void theEstimateIsNearWhatTrainingTakes() throws Exception {
        TestCli cli = new TestCli(folder);
        String[] estimate = arguments("estimate", "--json");
        assertThat(cli.run(estimate)).as(cli::err).isZero();
        JsonNode json = JsonMapper.builder().build().readTree(cli.out());
        double estimated = json.path("memory").path("peak_bytes").asDouble();
        double measured = peak(List.of(arguments("train", "--output-dir=" + folder.resolve("out"))));
        assertThat(estimated / measured).isBetween(LEAST, MOST);
    }

    @Test
    void aRunThatDoesntFitEndsBeforeAnythingIsLoaded() throws IOException {
        Path model = hugeModel();
        Path data = Files.writeString(folder.resolve("rows.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
        TestCli cli = new TestCli(folder);
        int code = cli.run("train", "--base-model=" + model, "data.train_file=" + data, "--output-dir=" + folder);
        assertThat(code).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("the run needs about").contains("training.check_memory=false");
        // Without the check it would fail at the first thing that is loaded: there are no weights.
        int unchecked = cli.run(
                "train",
                "--base-model=" + model,
                "data.train_file=" + data,
                "--output-dir=" + folder,
                "--no-memory-check");
        assertThat(unchecked).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("safetensors");
    }

    private String[] arguments(String command, String option) {
        List<String> all = new java.util.ArrayList<>(List.of(command, option));
        all.addAll(DEMO);
        return all.toArray(String[]::new);
    }

    /** The most a process holds until it ends, in bytes. */
    private double peak(List<String> arguments) throws Exception {
        double most = 0;
        try (CliProcess process = CliProcess.start(folder, List.of(), arguments)) {
            while (process.isRunning()) {
                OptionalDouble megabytes = ResidentMemory.megabytes(process.pid());
                most = Math.max(most, megabytes.orElse(0));
                Thread.sleep(10);
            }
            assertThat(process.await()).as(process::messages).isZero();
        }
        return most * (1 << 20);
    }

    /** The tiny model's tokenizer beside the settings of a model with a trillion weights. */
    private Path hugeModel() throws IOException {
        Path model = Files.createDirectory(folder.resolve("huge"));
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(TestCli.tinyModel().resolve(name), model.resolve(name));
        }
        String config = Files.readString(TestCli.tinyModel().resolve("config.json"))
                .replace("\"hidden_size\": 32", "\"hidden_size\": 16384")
                .replace("\"head_dim\": 8", "\"head_dim\": 4096")
                .replace("\"intermediate_size\": 56", "\"intermediate_size\": 65536")
                .replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 250");
        Files.writeString(model.resolve("config.json"), config);
        return model;
    }
}
