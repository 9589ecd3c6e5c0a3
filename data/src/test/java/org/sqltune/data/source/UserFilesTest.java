package org.sqltune.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.split.Splits;

/** JSON Lines written by hand: {@link OwnFilesSource}, {@link PromptCompletionFile}, {@link RowKind}. */
class UserFilesTest {
    private static final String QUESTION =
            "{\"question\": \"How many?\", \"schema\": \"TABLE: t ( a )\", \"sql\": \"SELECT 1 ;\"}";
    private static final String PROMPT = "{\"prompt\": \"How many? \", \"completion\": \"SELECT 1\"}";

    @TempDir
    Path folder;

    @Test
    void questionsBecomeExamplesNamedByFileAndLine() throws Exception {
        Path train = write("train.jsonl", "\uFEFF" + QUESTION + "\r\n\r\n" + QUESTION);

        assertThat(OwnFilesSource.read(train))
                .containsExactly(
                        new Example("train-1", "", "How many?", new VerbatimSchema("TABLE: t ( a )"), "SELECT 1"),
                        new Example("train-3", "", "How many?", new VerbatimSchema("TABLE: t ( a )"), "SELECT 1"));
    }

    @Test
    void idDatabaseAndExplanationAreTakenWhereGiven() throws Exception {
        Path train = write(
                "train.jsonl",
                QUESTION.replace(
                        "{", "{\"id\": 7, \"db_id\": \"shop\", \"explanation\": \"Counts.\", \"more\": [1], "));

        Example example = OwnFilesSource.read(train).get(0);

        assertThat(example.id()).isEqualTo("7");
        assertThat(example.databaseId()).isEqualTo("shop");
        assertThat(example.explanation()).isEqualTo("Counts.");
    }

    @Test
    void everyFileGoesToItsSplit() throws Exception {
        Path train = write("train.jsonl", QUESTION);
        Path validation = write("val.jsonl", QUESTION + "\n" + QUESTION);
        Path test = write("test.jsonl", QUESTION);

        Splits<Example> splits = new OwnFilesSource(train, validation, test).prepare();

        assertThat(splits.validation()).extracting(Example::id).containsExactly("val-1", "val-2");
        assertThat(splits.test()).extracting(Example::id).containsExactly("test-1");
        assertThat(new OwnFilesSource(train, null, null).prepare().validation()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"question\": \"?\", \"sql\": \"SELECT 1\"} | \"schema\" is missing; the row has [question, sql]",
                "{\"question\": \"?\", \"schema\": \"s\", \"sql\": 5} | \"sql\" is 5; make it a string",
                "{\"question\": null, \"schema\": \"s\", \"sql\": \"x\"} | \"question\" is null; fill it or remove the row",
                "{\"question\": \" \", \"schema\": \"s\", \"sql\": \"x\"} | \"question\" is empty",
                "{\"question\": \"?\", \"schema\": \"s\", \"sql\": \" ;\"} | \"sql\" is only a semicolon",
                "{\"question\": \"?\" | not valid JSON",
                "{\"question\": \"?\"} {} | not valid JSON",
                "[1, 2] | not a JSON object",
                "\"text\" | not a JSON object",
            })
    void aBadRowIsNamedByFileAndLine(String row, String message) throws Exception {
        Path train = write("train.jsonl", QUESTION + "\n\n" + row + "\n" + QUESTION);

        assertThatThrownBy(() -> OwnFilesSource.read(train))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(train + " line 3: " + message);
    }

    @Test
    void anIdUsedTwiceIsNamedWithBothLines() throws Exception {
        String row = PROMPT.replace("{", "{\"id\": \"q1\", ");
        Path train = write("train.jsonl", row + "\n" + PROMPT + "\n" + row);

        assertThatThrownBy(() -> PromptCompletionFile.read(train))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("line 3: id q1 is that of line 1 as well");
    }

    @Test
    void aFileWithoutRowsIsRefused() throws Exception {
        Path empty = write("train.jsonl", "");
        Path blank = write("blank.jsonl", "\uFEFF\n \n");
        Path noElements = write("array.json", "[ ]");

        for (Path file : List.of(empty, blank, noElements)) {
            assertThatThrownBy(() -> PromptCompletionFile.read(file))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessage(file + " is empty: it needs at least one row");
            assertThatThrownBy(() -> RowKind.of(file)).isInstanceOf(SqlTuneException.class);
        }
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws Exception {
        Path file = folder.resolve("train.jsonl");
        Files.write(file, "{\"prompt\": \"größe\", \"completion\": \"x\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PromptCompletionFile.read(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("train.jsonl isn't UTF-8");
    }

    @Test
    void anArrayThatBreaksOffIsNamedByLine() throws Exception {
        Path file = write("train.json", "[\n" + PROMPT + ",\n" + "{\"prompt\": ");

        assertThatThrownBy(() -> PromptCompletionFile.read(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("train.json line 3: not valid JSON");
    }

    @Test
    void promptsAndCompletionsAreReadAsTheyAre() throws Exception {
        assertThat(PromptCompletionFile.read(write("train.jsonl", PROMPT)))
                .containsExactly(new PromptCompletion("train-1", "How many? ", "SELECT 1"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        List<PromptCompletion> rows = List.of(
                new PromptCompletion("a", "line\nbreak \"quoted\" größe \u2028", "SELECT 1"),
                new PromptCompletion("b", "p", "c"));
        Path file = folder.resolve("out/train.jsonl");

        PromptCompletionFile.write(file, rows);

        assertThat(PromptCompletionFile.read(file)).isEqualTo(rows);
        assertThat(file).content().hasLineCount(2).endsWith("{\"id\":\"b\",\"prompt\":\"p\",\"completion\":\"c\"}\n");
    }

    @Test
    void theKindOfAFileIsToldByItsFirstRow() throws Exception {
        assertThat(RowKind.of(write("a.jsonl", PROMPT + "\nbroken"))).isEqualTo(RowKind.PROMPT_COMPLETION);
        assertThat(RowKind.of(write("b.jsonl", QUESTION))).isEqualTo(RowKind.QUESTION_SQL);
        Path other = write("c.jsonl", "\n{\"text\": \"x\"}");
        assertThatThrownBy(() -> RowKind.of(other))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("c.jsonl line 2: the keys [text] name no known kind of row");
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }
}
