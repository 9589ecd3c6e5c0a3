package org.sqltune.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;

/** The ways in which other tools write the same rows. */
class RowLayoutsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theSeparatorOfCsvIsFound(String separator) throws Exception {
        for (String name : List.of("a.csv", "a.tsv")) {
            Path file = write(
                    name,
                    "question,schema,\"s, q; l\"\nHow many?,\"a, b; c | d\te\",SELECT 1\n"
                            .replace("question,schema,", "question" + separator + "schema" + separator)
                            .replace("How many?,", "How many?" + separator)
                            .replace("\",SELECT", "\"" + separator + "SELECT"));

            assertThat(rows(file)).singleElement().satisfies(row -> {
                assertThat(row.text("question")).isEqualTo("How many?");
                assertThat(row.text("schema")).isEqualTo("a, b; c | d\te");
                assertThat(row.text("s, q; l")).isEqualTo("SELECT 1");
            });
        }
    }

    @Test
    void oneColumnNeedsNoSeparator() throws Exception {
        assertThat(rows(write("a.csv", "\n\nquestion\nHow many?\n")).get(0).text("question"))
                .isEqualTo("How many?");
    }

    @Test
    void aFieldThatNeedsQuotesNamesTheSeparator() throws Exception {
        Path file = write("a.csv", "question;sql\nHow many; really?;SELECT 1\n");

        assertThatThrownBy(() -> rows(file))
                .hasMessage(file
                        + " line 2: 3 fields where the header has 2; put a field with semicolons in double quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void jsonPrintedOverSeveralLinesIsRead(String lineEnd) throws Exception {
        String text = "\n{\n  \"question\": \"How many?\",\n  \"sql\": \"SELECT 1\"\n}\n{\n  \"question\": \"b\"\n}\n";
        for (String name : List.of("a.jsonl", "a.json")) {
            List<JsonRow> rows = rows(write(name, text.replace("\n", lineEnd)));

            assertThat(rows).extracting(row -> row.text("question")).containsExactly("How many?", "b");
            assertThat(rows).extracting(JsonRow::line).containsExactly(2, 6);
        }
        Path broken = write("b.jsonl", text.substring(0, text.length() - 5));
        assertThatThrownBy(() -> rows(broken))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(broken + " line ")
                .hasMessageContaining("not valid JSON: the JSON ends too early");
    }

    @Test
    void pythonsNumbersThatAreNoneAreReadAndCountAsMissing() throws Exception {
        Path file = write("a.jsonl", "{\"sql\": NaN, \"score\": Infinity, \"low\": -Infinity}\n");
        JsonRow row = rows(file).get(0);

        assertThat(row.has("sql")).isFalse();
        assertThat(row.mentions("sql")).isTrue();
        assertThat(row.object().get("score").doubleValue()).isInfinite();
        assertThatThrownBy(() -> row.text("sql"))
                .hasMessage(file + " line 1: \"sql\" is NaN; fill it or remove the row");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.jsonl | {\"question\": \"q\", \"sql\": null} | \"sql\" is null; fill it or remove the row",
                "a.jsonl | {\"question\": \"q\"} | \"sql\" is missing; the row has [question]: add it, or rename the field that is meant",
                "a.jsonl | {\"question\": \"q\", \"sql\": 42} | \"sql\" is 42; make it a string",
                "a.jsonl | {\"question\": \"q\", \"sql\": \"  \"} | \"sql\" is empty; fill it or remove the row",
                "a.csv | question,sql@q, | \"sql\" is empty; fill it or remove the row",
            })
    void whatIsMissingIsNamedAsWhatItIs(String name, String text, String message) throws Exception {
        JsonRow row = rows(write(name, text.replace('@', '\n') + "\n")).get(0);

        assertThatThrownBy(() -> row.sql("sql")).hasMessageEndingWith(message);
    }

    @Test
    void aNullInTheFirstRowIsThatRowsFaultAndNotTheFiles() throws Exception {
        Path file = write("a.jsonl", "{\"question\": \"q\", \"schema\": \"s\", \"sql\": null}\n");
        Path csv = write("a.csv", "question,schema,sql\nq,s,\n");

        assertThat(RowKind.of(file)).isEqualTo(RowKind.QUESTION_SQL);
        assertThat(RowKind.of(csv)).isEqualTo(RowKind.QUESTION_SQL);
    }

    @Test
    void aKeyThatStandsTwiceIsNamed() throws Exception {
        Path file = write("a.jsonl", "{\"sql\": \"a\", \"sql\": \"b\"}\n");

        assertThatThrownBy(() -> rows(file)).hasMessageContaining("line 1: not valid JSON: the key 'sql' comes twice");
    }

    @Test
    void linesAreReadWithEveryEndAndNoLongerThanTheyMayBe() throws Exception {
        TextLines lines = new TextLines(new StringReader("ab\r\n\rc\n" + "x".repeat(40_000) + "\nlast"), 10);
        List<String> read = new ArrayList<>();
        List<Boolean> tooLong = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            read.add(line);
            tooLong.add(lines.tooLong());
        }

        assertThat(read).containsExactly("ab", "", "c", "x".repeat(10), "last");
        assertThat(tooLong).containsExactly(false, false, false, true, false);
    }

    @Test
    void aRowThatIsTooLongIsNamedAndTheRestOfTheFileIsKept() throws Exception {
        String longRow = "{\"a\": \"" + "x".repeat(TextLines.MOST + 100_000) + "\"}";
        Path file = write("a.jsonl", longRow + "\n{\"a\": \"b\"}\n");
        Path array = write("a.json", "[{\"a\": \"b\"}, " + longRow + "]");

        assertThatThrownBy(() -> rows(file))
                .hasMessage(file + " line 1: longer than " + TextLines.MOST
                        + " characters; write one row a line, with a line break behind each");
        List<JsonRow> rows = new ArrayList<>();
        RowFiles.forEach(file, new Intake(file, true), rows::add);
        assertThat(rows).singleElement().satisfies(row -> assertThat(row.line()).isEqualTo(2));
        assertThatThrownBy(() -> rows(array)).hasMessageContaining("line 1: longer than");
    }

    private static List<JsonRow> rows(Path file) {
        List<JsonRow> rows = new ArrayList<>();
        RowFiles.forEach(file, RowFaults.STRICT, rows::add);
        return rows;
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }
}
