package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped configuration trains, with a tiny random model of its kind and a few rows in place of its own. */
class ShippedConfigsRunTest {
    @TempDir
    private Path folder;

    static List<Path> configs() {
        return ShippedConfigsTest.configs();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aShippedConfigTrainsAFewSteps(Path config) throws IOException {
        TestCli cli = new TestCli(folder.resolve("cache"));
        Path out = folder.resolve("out");
        int code = cli.run(
                "train",
                "--config=" + config,
                "--base-model=" + model(config),
                "--output-dir=" + out,
                "data.dataset=files",
                "data.path=null",
                "data.train_file=" + rows(),
                "data.validation_file=null",
                "training.max_steps=2",
                "training.logging_steps=1");
        assertThat(code).as(cli::err).isZero();
        assertThat(out.resolve("metrics.jsonl")).content().hasLineCount(2);
        assertThat(out.resolve("final_model")).isDirectoryContaining("glob:**model.safetensors");
    }

    /** A Mistral where the configuration names one, else a Llama; their tensors have the same names. */
    private Path model(Path config) throws IOException {
        if (!config.getFileName().toString().startsWith("mistral")) {
            return TestCli.tinyModel();
        }
        Path mistral = Files.createDirectory(folder.resolve("mistral"));
        for (String file : List.of("model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(TestCli.tinyModel().resolve(file), mistral.resolve(file));
        }
        String llama = Files.readString(TestCli.tinyModel().resolve("config.json"));
        assertThat(llama).contains("\"model_type\": \"llama\"");
        Files.writeString(
                mistral.resolve("config.json"),
                llama.replace("\"model_type\": \"llama\"", "\"model_type\": \"mistral\""));
        return mistral;
    }

    private Path rows() throws IOException {
        String row =
                "{\"question\": \"Who earns over %d?\", \"schema\": \"CREATE TABLE staff (name text, salary real)\","
                        + " \"sql\": \"SELECT name FROM staff WHERE salary > %d\", \"explanation\": \"Filters.\"}";
        List<String> rows = Stream.iterate(1, i -> i + 1)
                .limit(6)
                .map(i -> row.formatted(i, i))
                .toList();
        return Files.write(folder.resolve("rows.jsonl"), rows);
    }
}
