package org.sqltune.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.TestCli;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.data.audit.PairFile;

/** {@code data synthesize}, {@code split}, {@code augment} and the picture of {@code stats}. */
class DataToolsCommandTest {
    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void syntheticPairsFeedTrainingAndSplitting() {
        Path rows = folder.resolve("rows.jsonl");
        assertThat(cli.run(
                        "data",
                        "synthesize",
                        "--db=saas",
                        "--count=60",
                        "--hardness=easy=1,hard=1",
                        "--output=" + rows))
                .isZero();
        assertThat(cli.out())
                .containsPattern("hard +\\| 30 \\(50.0 %\\)")
                .contains("whose query runs")
                .contains(rows.toString());
        assertThat(PairFile.read(rows)).hasSize(60);

        assertThat(cli.run(
                        "data",
                        "split",
                        "--input=" + rows,
                        "--sizes=40,20",
                        "--stratify-by=hardness",
                        "--output-dir=" + folder))
                .isZero();
        assertThat(folder.resolve("validation.jsonl"))
                .content()
                .containsPattern("(?s)\"hard\".*\"easy\"|\"easy\".*\"hard\"");
        assertThat(cli.run("data", "prepare", "data.train_file=" + rows, "--output-dir=" + folder.resolve("p")))
                .isZero();
    }

    @Test
    void aMistypedMixOrFieldIsNamed() throws IOException {
        assertThat(cli.run("data", "synthesize", "--db=saas", "--hardness=tricky=1", "--output=x"))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("tricky=1");
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), "{\"a\": 1}\n{\"a\": 2}\n");
        assertThat(cli.run("data", "split", "--input=" + rows, "--group-by=b")).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("has \"b\"").contains("[a]");
    }

    @Test
    void augmentedRowsCanBeReadAgain() throws IOException {
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"question\": \"How many <b>users</b> are there?\", \"schema\": \"TABLE: t ( a )\", \"sql\": \"SELECT 1\"}\n");
        Path more = folder.resolve("more.jsonl");
        assertThat(cli.run("data", "augment", "--input=" + rows, "--with-originals", "--output=" + more))
                .isZero();
        assertThat(PairFile.read(more))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.question()).contains("<b>users</b>"));

        Path picture = folder.resolve("stats.html");
        assertThat(cli.run(
                        "data",
                        "stats",
                        "--base-model",
                        TestCli.tinyModel().toString(),
                        "data.train_file=" + rows,
                        "--picture=" + picture))
                .isZero();
        assertThat(picture)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("<svg")
                .contains("by hardness");
        assertThat(cli.out()).contains("by hardness: {easy=1}");
    }
}
