package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferCommandTest {
    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void oneQuestionGivesItsSqlAndNothingElse() {
        assertThat(infer("--question", "How many?", "--schema", "TABLE: staff ( name (text) )"))
                .isZero();
        assertThat(cli.out()).endsWith("\n").isNotBlank();
        assertThat(cli.err().lines()).hasSize(2).first().asString().startsWith("Loading ");
        assertThat(cli.err()).endsWith("The answer is cut at inference.max_new_tokens 5: raise it\n");
    }

    @Test
    void anAnswerIsExplainedOnStandardErrorAlone() {
        assertThat(infer("-q", "How many?", "--schema", "TABLE: staff ( name (text) )", "--explain"))
                .isZero();
        assertThat(cli.out().lines()).hasSize(1);
        assertThat(cli.err().lines()).anyMatch(line -> line.startsWith("Shows ") || line.startsWith("This isn't one"));
        assertThat(infer("--examples", "--explain")).isEqualTo(2);
    }

    @Test
    void aDemoDatabaseIsKnownByName() {
        assertThat(infer("-q", "How many orders are there?", "--db", "ecommerce"))
                .isZero();
        assertThat(folder.resolve("cache/demo/ecommerce/ecommerce.sqlite")).exists();
    }

    @Test
    void aFileOfQuestionsGivesAFileOfAnswersInItsOrder() throws IOException {
        Path questions = Files.writeString(folder.resolve("questions.jsonl"), """
                {"id": "b", "question": "Who is there?"}
                {"question": "How many?", "schema": "TABLE: other ( id (integer) )"}
                """);
        Path answers = folder.resolve("answers.jsonl");
        int code = infer(
                "--questions",
                questions.toString(),
                "--schema",
                "TABLE: staff ( name (text) )",
                "--output",
                answers.toString());
        assertThat(code).isZero();
        assertThat(cli.out()).isEmpty();
        List<String> lines = Files.readAllLines(answers);
        assertThat(lines).hasSize(2);
        var first = JsonMapper.builder().build().readTree(lines.get(0));
        assertThat(first.get("id").asText()).isEqualTo("b");
        assertThat(first.get("question").asText()).isEqualTo("Who is there?");
        assertThat(first.has("sql")).isTrue();
        assertThat(lines.get(1)).contains("\"question\":\"How many?\"");
    }

    @Test
    void aQuestionWithoutTablesIsAMisuse() {
        assertThat(infer("--question", "How many?")).isEqualTo(2);
        assertThat(cli.err()).contains("which tables? Give --db");
    }

    @Test
    void aBrokenRowOfQuestionsIsNamedBeforeAnythingIsAnswered() throws IOException {
        Path questions =
                Files.writeString(folder.resolve("q.jsonl"), "{\"question\": \"a\", \"schema\": \"s\"}\n{oops\n");
        assertThat(infer("--questions", questions.toString())).isEqualTo(1);
        assertThat(cli.err()).contains("\nsqltune: " + questions + " line 2: not valid JSON");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void rowsAskTheDatabaseOfAFolderThatTheyName() throws IOException {
        assertThat(cli.run(
                        "data",
                        "demo",
                        "--sqlite",
                        "--output-dir",
                        folder.resolve("demo").toString()))
                .isZero();
        Path questions = Files.writeString(folder.resolve("q.jsonl"), """
                {"id": "a", "db_id": "retail", "question": "How many?"}
                {"id": "b", "db_id": "saas", "question": "How many?"}
                """);
        Path answers = folder.resolve("answers.jsonl");
        String databases = folder.resolve("demo").toString();
        assertThat(infer("--questions", questions.toString(), "--db", databases, "--output", answers.toString()))
                .as(cli::err)
                .isZero();
        assertThat(Files.readAllLines(answers)).hasSize(2);
        Files.writeString(questions, "{\"db_id\": \"other\", \"question\": \"How many?\"}\n");
        assertThat(infer("--questions", questions.toString(), "--db", databases))
                .isEqualTo(1);
        assertThat(cli.err()).contains("line 1", "no other for db_id other");
    }

    @Test
    void oneTaskAtATime() {
        assertThat(infer("--question", "How many?", "--examples")).isEqualTo(2);
        assertThat(cli.err()).contains("mutually exclusive");
    }

    private int infer(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("infer", "--base-model", TestCli.tinyModel().toString(), "--max-new-tokens", "5"));
        all.addAll(List.of(arguments));
        return cli.run(all.toArray(String[]::new));
    }
}
