package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.console.ExitCodes;

class AdapterCommandTest {
    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void infoTellsKindRankBaseAndSizeWithoutTheBase() throws IOException {
        Path adapter = train("lora.use_dora=true", "lora.r=3", "lora.lora_alpha=7.5");
        assertThat(cli.run("adapter", "info", adapter.toString())).as(cli::err).isZero();
        assertThat(cli.out())
                .containsPattern("kind +DoRA\n")
                .containsPattern("base model +.*tiny_llama_with_tokenizer\n")
                .containsPattern("rank +3\n")
                .containsPattern("alpha +7.5\n")
                .containsPattern("linear layers +4: q_proj, v_proj\n")
                .containsPattern("parameters +[0-9,]+ \\(F32, [0-9.]+ [kK]B\\)");
    }

    @Test
    void infoSaysWhatIsMissing() {
        assertThat(cli.run("adapter", "info", folder.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("There is no adapter in " + folder).hasLineCount(1);
    }

    @Test
    void mergeFindsTheBaseThatTheAdapterNamesAndPrintsWhereTheModelIs() throws IOException {
        Path merged = folder.resolve("merged");
        assertThat(cli.run(
                        "adapter",
                        "merge",
                        train("training.max_steps=2").toString(),
                        "--output=" + merged,
                        "--max-shard-size=50KB"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out().lines()).endsWith(merged.toString());
        assertThat(merged.resolve("model.safetensors.index.json")).isNotEmptyFile();
        TestCli second = new TestCli(folder.resolve("cache"));
        assertThat(second.run(
                        "eval",
                        "--metrics=loss",
                        "--model=" + merged,
                        "--data=" + TestCli.tinyModel().resolve("data.jsonl")))
                .as(second::err)
                .isZero();
    }

    @Test
    void mergeWithoutABaseAsksForOne() throws IOException {
        Path adapter = train("training.max_steps=1");
        Path config = adapter.resolve("adapter_config.json");
        Files.writeString(
                config,
                Files.readString(config).replaceAll("\"base_model_name_or_path\" : \"[^\"]*\"", "\"x\" : null"));
        assertThat(cli.run("adapter", "merge", adapter.toString(), "--output=" + folder.resolve("merged")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("doesn't say which model it was made for", "--base-model");
    }

    @Test
    void whatIsNoSizeIsRefused() {
        assertThat(cli.run("adapter", "merge", "x", "--output=y", "--max-shard-size=5"))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("'5' is not a size: write 5GB or 500MB");
    }

    private Path train(String... overrides) {
        Path out = folder.resolve("out");
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--base-model=" + TestCli.tinyModel().toAbsolutePath().normalize(),
                "--output-dir=" + out,
                "data.train_file=" + TestCli.tinyModel().resolve("data.jsonl"),
                "data.validation_split=0",
                "training.max_steps=1"));
        arguments.addAll(List.of(overrides));
        TestCli training = new TestCli(folder.resolve("cache"));
        assertThat(training.run(arguments.toArray(String[]::new)))
                .as(training::err)
                .isZero();
        return out.resolve("final_model");
    }
}
