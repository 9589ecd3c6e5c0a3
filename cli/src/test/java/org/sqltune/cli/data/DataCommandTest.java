package org.sqltune.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.TestCli;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.synthesis.demo.DemoDatabases;

class DataCommandTest {
    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void theDemoDatabasesAreWrittenAsScriptsAndAsFiles() {
        Path target = folder.resolve("demo");
        assertThat(cli.run("data", "demo", "--sqlite", "--output-dir", target.toString()))
                .isZero();
        assertThat(cli.out().lines())
                .hasSize(2 * DemoDatabases.IDS.size())
                .allMatch(line -> Files.exists(Path.of(line)));
        assertThat(target.resolve("saas.sql")).content().contains("CREATE TABLE");
    }

    @Test
    void preparedDataIsWhatATrainerReads() throws IOException {
        Path data = questions();
        Path target = folder.resolve("processed");
        assertThat(cli.run(
                        "data",
                        "prepare",
                        "data.train_file=" + data,
                        "data.validation_split=0.5",
                        "--output-dir=" + target))
                .isZero();
        assertThat(cli.out().lines())
                .contains(target.resolve("train.jsonl") + ": 1 rows", target.resolve("validation.jsonl") + ": 1 rows");
        assertThat(PromptCompletionFile.read(target.resolve("train.jsonl")))
                .singleElement()
                .satisfies(
                        row -> assertThat(row.prompt()).contains("TABLE: staff").contains("[/INST]"));
    }

    @Test
    void statisticsCountInTheModelsTokens() throws IOException {
        assertThat(cli.run(
                        "data",
                        "stats",
                        "--base-model",
                        TestCli.tinyModel().toString(),
                        "data.train_file=" + questions(),
                        "training.max_length=40"))
                .isZero();
        assertThat(cli.out())
                .startsWith("train: 2 examples\n")
                .contains("| whole ")
                .contains("longer than training.max_length 40: 2")
                .contains("by kind: {aggregation=1, simple=1}");
    }

    @Test
    void dataAloneIsAMisuse() {
        assertThat(cli.run("data")).isEqualTo(2);
        assertThat(cli.err()).startsWith("sqltune: data what? download, verify, prepare, ");
    }

    private Path questions() throws IOException {
        return Files.writeString(folder.resolve("questions.jsonl"), """
                {"question": "How many are there?", "schema": "TABLE: staff ( name (text) )", "sql": "SELECT COUNT(*) FROM staff"}
                {"question": "Who is there?", "schema": "TABLE: staff ( name (text) )", "sql": "SELECT name FROM staff"}
                """);
    }
}
