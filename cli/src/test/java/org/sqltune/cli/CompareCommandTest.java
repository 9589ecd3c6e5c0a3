package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of answers from files, held against thresholds and compared. */
class CompareCommandTest {
    @TempDir
    private Path folder;

    private TestCli cli;
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        cli = new TestCli(folder.resolve("cache"));
        data = write("data.jsonl", """
                {"id": "a", "question": "How many?", "schema": "TABLE: t ( x (integer) )", "sql": "SELECT count(*) FROM t"}
                {"id": "b", "question": "Largest?", "schema": "TABLE: t ( x (integer) )", "sql": "SELECT max(x) FROM t"}
                {"id": "c", "question": "All?", "schema": "TABLE: t ( x (integer) )", "sql": "SELECT x FROM t"}
                """);
    }

    @Test
    void answersFromAFileAreReportedAndComparedWithOthers() throws IOException {
        assertThat(eval("one", "SELECT count(*) FROM t", "SELECT min(x) FROM t", "SELECT x FROM t"))
                .isZero();
        assertThat(eval("two", "select COUNT( * ) from t", "SELECT max(x) FROM t", "SELECT y FROM t"))
                .isZero();
        assertThat(folder.resolve("one/report.html")).content().contains("How many?", "aggregate");
        JsonNode report = json("one/report.json");
        assertThat(report.at("/exact_match/correct").asInt()).isEqualTo(2);
        assertThat(report.at("/errors/aggregate/main").asInt()).isEqualTo(1);
        assertThat(report.at("/model/answers_sha256").asText()).hasSize(64);
        assertThat(report.at("/versions/sqltune").asText()).isNotEmpty();
        int code = cli.run(
                "compare",
                folder.resolve("one").toString(),
                folder.resolve("two/report.json").toString(),
                "--output-dir",
                folder.resolve("both").toString());
        assertThat(code).isZero();
        assertThat(cli.out()).contains("Fixed (1): ", "Broken (1): ", "comparison.html");
        assertThat(json("both/comparison.json")
                        .at("/scores/exact_match/mcnemar_p")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void aScoreBelowTheThresholdEndsWithOneAfterTheReportIsWritten() throws IOException {
        String[] answers = {"SELECT count(*) FROM t", "SELECT 1", "SELECT 2"};
        assertThat(evalWith("--fail-under=exact_match=0.5", answers)).isEqualTo(1);
        assertThat(cli.err()).contains("exact_match is 0.333").contains("--fail-under asks for 0.5");
        assertThat(folder.resolve("out/report.json")).exists();
        assertThat(evalWith("--fail-under=exact_match=0.3", answers)).isZero();
        assertThat(evalWith("--fail-under=exact_mach=0.3", answers)).isEqualTo(1);
        assertThat(cli.err()).contains("there is no score exact_mach", "exact_match");
    }

    @Test
    void reportsOnOtherQuestionsArentCompared() throws IOException {
        eval("one", "SELECT 1", "SELECT 1", "SELECT 1");
        Files.writeString(data, Files.readString(data).replace("Largest", "Smallest"));
        eval("two", "SELECT 1", "SELECT 1", "SELECT 1");
        assertThat(cli.run(
                        "compare",
                        folder.resolve("one").toString(),
                        folder.resolve("two").toString()))
                .isEqualTo(1);
        assertThat(cli.err()).contains("different questions");
    }

    @Test
    void anAnswerThatIsMissingIsNamed() throws IOException {
        Path answers = write("few.jsonl", "{\"id\": \"nobody\", \"sql\": \"SELECT 1\"}\n");
        assertThat(cli.run("eval", "--data=" + data, "--answers=" + answers)).isEqualTo(1);
        assertThat(cli.err()).contains("few.jsonl has no answer to");
    }

    @Test
    void aBaselineNeedsAnAdapter() {
        assertThat(cli.run("eval", "--baseline")).isEqualTo(2);
        assertThat(cli.err()).contains("--adapter-path");
    }

    private int eval(String output, String... answers) throws IOException {
        return evalWith("--output-dir=" + folder.resolve(output), answers);
    }

    private int evalWith(String option, String... answers) throws IOException {
        String output = option.startsWith("--output-dir") ? "--verbose" : "--output-dir=" + folder.resolve("out");
        return cli.run("eval", "--data=" + data, "--answers=" + answers(answers), option, output);
    }

    /** Ids are what the reader of the data gives its rows, so they are taken from a report. */
    private Path answers(String... sql) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < sql.length; i++) {
            lines.append(JsonMapper.builder()
                            .build()
                            .createObjectNode()
                            .put("id", String.valueOf("abc".charAt(i)))
                            .put("sql", sql[i]))
                    .append('\n');
        }
        return write("answers.jsonl", lines.toString());
    }

    private JsonNode json(String file) throws IOException {
        return JsonMapper.builder().build().readTree(folder.resolve(file).toFile());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
