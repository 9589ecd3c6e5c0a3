package org.sqltune.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.VerbatimSchema;

class BatchInferenceTest {
    private static final VerbatimSchema SHOP = new VerbatimSchema("TABLE: customers ( name (text) )");

    private final FakePredictor predictor = new FakePredictor(Map.of(
            "How many customers are there?", "SELECT count(*) FROM customers",
            "Who is „Zoë“?", "SELECT \"name\"\nFROM zoë"));

    @TempDir
    private Path folder;

    @Test
    void everyQuestionIsAnsweredInOneBatchAndInOrder() throws IOException {
        Path questions = questions("""
                {"question": "Who is „Zoë“?", "schema": "TABLE: zoë ( name (text) )", "db_id": "zoo", "id": "z"}

                {"question": "How many customers are there?"}
                """);
        StringWriter out = new StringWriter();

        new BatchInference(predictor, SHOP).run(questions, out, ProgressListener.NONE);

        assertThat(predictor.batches)
                .containsExactly(List.of(
                        new SqlQuestion("z", "zoo", "Who is „Zoë“?", new VerbatimSchema("TABLE: zoë ( name (text) )")),
                        new SqlQuestion("questions-3", "", "How many customers are there?", SHOP)));
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"id\":\"z\",\"question\":\"Who is „Zoë“?\",\"sql\":\"SELECT \\\"name\\\"\\nFROM zoë\","
                                + "\"seconds\":0.25}",
                        "{\"id\":\"questions-3\",\"question\":\"How many customers are there?\","
                                + "\"sql\":\"SELECT count(*) FROM customers\",\"seconds\":0.25}");
    }

    @Test
    void rowsSayInWordsWhatTheirSqlDoes() throws IOException {
        Path questions = questions("{\"question\": \"How many customers are there?\"}");
        StringWriter out = new StringWriter();

        new BatchInference(predictor, SHOP).explained().run(questions, out, ProgressListener.NONE);

        assertThat(out.toString()).contains("\"explanation\":\"Shows the number of rows in customers.\"");
    }

    @Test
    void answersCanGoToAFileWhoseFolderIsMade() throws IOException {
        Path questions = questions("{\"question\": \"How many customers are there?\"}");
        Path output = folder.resolve("new/answers.jsonl");

        run(SHOP, questions, output);

        assertThat(Files.readString(output))
                .contains("SELECT count(*) FROM customers")
                .endsWith("}\n");
        assertThat(output.getParent()).isDirectoryContaining("glob:**/answers.jsonl");
        assertThat(output.getParent().toFile().list()).hasSize(1);
    }

    @Test
    void answersCanBeAskedAgain() throws IOException {
        Path questions = questions("{\"id\": 7, \"question\": \"Who is „Zoë“?\", \"schema\": \"s\"}");
        Path answers = folder.resolve("answers.jsonl");
        run(null, questions, answers);

        run(SHOP, answers, folder.resolve("again.jsonl"));

        assertThat(folder.resolve("again.jsonl")).hasSameTextualContentAs(answers);
    }

    @Test
    void progressIsTold() throws IOException {
        Path questions = questions("""
                {"question": "Who is „Zoë“?"}
                {"question": "How many customers are there?"}
                """);
        List<String> told = new ArrayList<>();

        new BatchInference(predictor, SHOP)
                .run(questions, new StringWriter(), (done, total, message) -> told.add(done + "/" + total));

        assertThat(told).containsExactly("1/2", "2/2");
    }

    @Test
    void aRowWithoutSchemaIsNamedIfThereIsNoOther() throws IOException {
        Path questions = questions("""
                {"question": "a", "schema": "s"}
                {"question": "b"}
                """);

        assertRefused(null, questions, questions + " line 2: \"schema\" is missing");
    }

    @Test
    void aBrokenRowIsNamedBeforeAnythingIsAsked() throws IOException {
        assertRefused(
                SHOP, questions("{\"question\": \"a\"}\n{\"question\": "), "questions.jsonl line 2: not valid JSON");
        assertRefused(SHOP, questions("{\"question\": \"a\"}\n[1]"), "questions.jsonl line 2: not a JSON object");
        assertRefused(SHOP, questions("{\"text\": \"a\"}"), "line 1: \"question\" is missing; the row has [text]");
        assertRefused(SHOP, questions("{\"question\": 5}"), "line 1: \"question\" is 5");
        assertRefused(SHOP, questions("{\"question\": \" \"}"), "line 1: \"question\" is empty");
        assertRefused(SHOP, questions("{\"question\": \"a\", \"schema\": \"\"}"), "line 1: \"schema\" is empty");
        assertRefused(
                SHOP,
                questions("{\"id\": 1, \"question\": \"a\"}\n{\"id\": \"1\", \"question\": \"b\"}"),
                "line 2: id 1 is that of line 1 as well");
    }

    @Test
    void aMissingOrEmptyFileIsNamed() throws IOException {
        assertRefused(SHOP, folder.resolve("none.jsonl"), "No file " + folder.resolve("none.jsonl"));
        assertRefused(SHOP, questions("\n"), "questions.jsonl is empty");
    }

    @Test
    void anOutputThatCantBeWrittenIsFoundOutBeforeAnythingIsAsked() throws IOException {
        Path questions = questions("{\"question\": \"Who is „Zoë“?\"}");
        Path file = Files.writeString(folder.resolve("file"), "");

        for (Path output : List.of(folder, file.resolve("answers.jsonl"))) {
            assertThatThrownBy(() -> run(SHOP, questions, output))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("Can't write " + output);
        }
        assertThat(predictor.batches).isEmpty();
    }

    @Test
    void earlierAnswersStayIfThePredictorFails() throws IOException {
        Path output = Files.writeString(folder.resolve("answers.jsonl"), "old");

        assertThatThrownBy(() -> run(SHOP, questions("{\"question\": \"unheard of\"}"), output))
                .hasMessageContaining("No answer to unheard of");
        assertThat(output).hasContent("old");
    }

    @Test
    void aWriterThatFailsIsToldOf() throws IOException {
        Path questions = questions("{\"question\": \"Who is „Zoë“?\"}");
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> new BatchInference(predictor, SHOP).run(questions, full, ProgressListener.NONE))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void anAdapterThatIsNotLoadedIsNamedBeforeAnythingIsAsked() throws IOException {
        assertRefused(
                SHOP,
                questions("{\"question\": \"How many?\", \"adapter\": \"stock\"}"),
                "\"adapter\" is stock, but there is only base");
    }

    private void assertRefused(@Nullable VerbatimSchema defaultSchema, Path questions, String message) {
        Path output = folder.resolve("answers.jsonl");
        assertThatThrownBy(() -> run(defaultSchema, questions, output))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(message);
        assertThat(output).doesNotExist();
        assertThat(predictor.batches).isEmpty();
    }

    private void run(@Nullable VerbatimSchema defaultSchema, Path questions, Path output) {
        new BatchInference(predictor, defaultSchema).run(questions, output, ProgressListener.NONE);
    }

    private Path questions(String content) throws IOException {
        return Files.writeString(folder.resolve("questions.jsonl"), content);
    }
}
