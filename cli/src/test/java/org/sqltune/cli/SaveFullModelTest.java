package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --save-full-model}: the result as a model that needs no adapter. */
class SaveFullModelTest {
    @TempDir
    private Path folder;

    @Test
    void theFullModelHasTheLossOfBaseAndAdapterTogether() throws IOException {
        Path out = folder.resolve("out");
        TestCli cli = train(out, "lora");
        assertThat(cli.out()).contains("Full model: " + out.resolve("full_model"));
        assertThat(out.resolve("full_model"))
                .isDirectoryContaining("glob:**config.json")
                .isDirectoryContaining("glob:**tokenizer.json")
                .isDirectoryContaining("glob:**model.safetensors");
        double together = loss("--adapter-path=" + out.resolve("final_model"));
        double merged = loss("--model=" + out.resolve("full_model"));
        double base = loss("--model=" + TestCli.tinyModel());
        assertThat(merged).isCloseTo(together, within(1e-5)).isNotCloseTo(base, within(1e-3));
    }

    @Test
    void aModelThatWasTrainedAsAWholeIsNotWrittenTwice() throws IOException {
        Path out = folder.resolve("out");
        TestCli cli = train(out, "full");
        assertThat(cli.out()).doesNotContain("Full model:");
        assertThat(out.resolve("full_model")).doesNotExist();
    }

    private TestCli train(Path out, String method) {
        TestCli cli = new TestCli(folder.resolve("cache"));
        int code = cli.run(
                "train",
                "--save-full-model",
                "--base-model=" + TestCli.tinyModel(),
                "--output-dir=" + out,
                "--dtype=fp32",
                "data.train_file=" + TestCli.tinyModel().resolve("data.jsonl"),
                "data.validation_split=0",
                "training.method=" + method,
                "training.learning_rate=0.01",
                "training.max_steps=3",
                "lora.target_modules=all-linear");
        assertThat(code).as(cli::err).isZero();
        return cli;
    }

    private double loss(String model) throws IOException {
        TestCli cli = new TestCli(folder.resolve("cache"));
        int code = cli.run(
                "eval",
                "--metrics=loss",
                "--dtype=fp32",
                "--data=" + TestCli.tinyModel().resolve("data.jsonl"),
                model);
        assertThat(code).as(cli::err).isZero();
        return JsonMapper.builder().build().readTree(cli.out()).get("loss").asDouble();
    }
}
