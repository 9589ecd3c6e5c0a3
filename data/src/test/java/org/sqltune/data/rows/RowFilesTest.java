package org.sqltune.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.source.ParquetFiles;

class RowFilesTest {
    @TempDir
    private Path folder;

    @Test
    void csvIsReadWithQuotesLineBreaksAndMarks() throws Exception {
        Path file = write("a.csv", "\uFEFFquestion,sql\r\n\"How, many\nare \"\"there\"\"?\",SELECT 1\r\nempty,\r\n");

        List<JsonRow> rows = rows(file, RowFaults.STRICT);

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).text("question")).isEqualTo("How, many\nare \"there\"?");
        assertThat(rows.get(1).has("sql")).isFalse();
        assertThat(rows.get(1).line()).isEqualTo(4);
    }

    @Test
    void withoutItsLibraryAParquetFileNamesWhatToAdd() {
        ClassLoader withoutLibraries = ClassLoader.getPlatformClassLoader();

        assertThatThrownBy(() -> RowFiles.requireParquet(Path.of("pairs.parquet"), withoutLibraries))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("pairs.parquet: the class path has no library that reads Parquet files: add"
                        + " blue.strategic.parquet:parquet-floor, or convert the file to .jsonl or .csv");
    }

    @Test
    void tabsSeparateInTsv() throws Exception {
        assertThat(rows(write("a.tsv", "a\tb\n1,2\t3\n"), RowFaults.STRICT)
                        .get(0)
                        .text("a"))
                .isEqualTo("1,2");
    }

    @Test
    void aCsvRowOfAnotherLengthIsNamedAndTheRestIsKept() throws Exception {
        Path file = write("a.csv", "a,b\n1,2\n1,2,3\n5,6\n");

        assertThatThrownBy(() -> rows(file, RowFaults.STRICT))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage(
                        file + " line 3: 3 fields where the header has 2; put a field with commas in double quotes");
        Intake intake = new Intake(file, true);
        assertThat(rows(file, intake)).hasSize(2);
        assertThat(intake.count(2)).isEqualTo(new RowCount("a.csv", 3, 2, Map.of("broken", 1)));
        assertThat(intake.notes()).singleElement().asString().contains("line 3");
    }

    @Test
    void aQuoteThatNeverClosesIsNamedAndWhatIsBeforeIsKept() throws Exception {
        Path file = write("a.csv", "a,b\n1,2\n\"3,4\n5,6\n");

        assertThatThrownBy(() -> rows(file, RowFaults.STRICT))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("check its quotes");
        assertThat(rows(file, new Intake(file, true))).hasSize(1);
    }

    @Test
    void aHeaderWithANameTwiceIsRefused() throws Exception {
        Path file = write("a.csv", "a,a\n1,2\n");
        assertThatThrownBy(() -> rows(file, RowFaults.STRICT)).hasMessageContaining("stands twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkTellsTheEncoding(String charset) throws Exception {
        for (String name : List.of("a.jsonl", "a.json", "a.csv")) {
            String text = name.endsWith("csv") ? "a\ngrößer 中文\n" : "{\"a\": \"größer 中文\"}\n";
            Path file = Files.write(folder.resolve(name), ("\uFEFF" + text).getBytes(Charset.forName(charset)));
            assertThat(rows(file, RowFaults.STRICT))
                    .singleElement()
                    .satisfies(row -> assertThat(row.text("a")).isEqualTo("größer 中文"));
        }
    }

    @Test
    void bytesThatAreNoTextAreNamedByLine() throws Exception {
        for (String name : List.of("a.jsonl", "a.csv")) {
            String row = name.endsWith("csv") ? "x" : "{\"a\": \"x\"}";
            StringBuilder text = new StringBuilder(name.endsWith("csv") ? "a\n" : row + "\n");
            for (int i = 0; i < 40_000; i++) {
                text.append(row).append('\n');
            }
            text.append(row.replace('x', 'é')).append('\n');
            Path file = Files.write(folder.resolve(name), text.toString().getBytes(StandardCharsets.ISO_8859_1));

            assertThatThrownBy(() -> rows(file, RowFaults.STRICT))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining(file + " isn't UTF-8: line 40002");
            Intake intake = new Intake(file, true);
            assertThat(rows(file, intake)).hasSizeGreaterThan(10_000);
            assertThat(intake.notes()).singleElement().asString().contains("line 40002");
        }
    }

    @Test
    void brokenLinesOfJsonLinesAreLeftOutAndTold() throws Exception {
        Path file = write("a.jsonl", "{\"a\": 1}\n{\"a\": \n[1]\n{\"a\": 2}\n");
        Intake intake = new Intake(file, true);

        assertThat(rows(file, intake)).extracting(JsonRow::line).containsExactly(1, 4);
        assertThat(intake.count(2)).isEqualTo(new RowCount("a.jsonl", 4, 2, Map.of("broken", 2)));
        assertThat(intake.notes()).singleElement().asString().contains("line 2").contains("line 3");
    }

    @Test
    void anArrayThatBreaksOffKeepsWhatIsBefore() throws Exception {
        Path file = write("a.json", "[{\"a\": 1},\n{\"a\": 2},\n{\"a\"");
        Intake intake = new Intake(file, true);

        assertThat(rows(file, intake)).hasSize(2);
        assertThat(intake.notes()).singleElement().asString().contains("line 3: not valid JSON");
    }

    @Test
    void aFileOfNothingButBrokenRowsIsAnErrorEvenThen() throws Exception {
        Path file = write("a.jsonl", "{\n{\n");
        Intake intake = new Intake(file, true);
        rows(file, intake);

        assertThatThrownBy(() -> intake.count(0))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("Every row of " + file + " is broken")
                .hasMessageContaining("line 1");
    }

    @Test
    void parquetIsReadWithNumbersTextsAndNulls() throws Exception {
        Path file = ParquetFiles.gretel(
                folder.resolve("a.parquet"), IntStream.range(1, 4).mapToObj(ParquetFiles::row));

        List<JsonRow> rows = rows(file, RowFaults.STRICT);

        assertThat(rows).extracting(row -> row.object().get("id").intValue()).containsExactly(1, 2, 3);
        assertThat(rows.get(2).text("sql_prompt")).endsWith("salesperson 3?");
        assertThat(rows.get(1).fault("x")).hasMessage(file + " row 2: x");
    }

    @Test
    void aParquetFileThatBrokeOffIsNamed() throws Exception {
        Path file = ParquetFiles.gretel(
                folder.resolve("a.parquet"), IntStream.range(0, 2_000).mapToObj(ParquetFiles::row));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> rows(file, RowFaults.STRICT))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(file + " is no whole Parquet file");
    }

    @Test
    void aDamagedPageIsNamedByRow() throws Exception {
        Path file = ParquetFiles.gretel(
                folder.resolve("a.parquet"), IntStream.range(0, 2_000).mapToObj(ParquetFiles::row));
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0x5A);
        Files.write(file, bytes);

        assertThatThrownBy(() -> rows(file, RowFaults.STRICT))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(file + " row 1: can't be read");
    }

    @Test
    void aHundredThousandRowsOfParquetAreReadOneAtATime() throws Exception {
        Path file = ParquetFiles.gretel(
                folder.resolve("synthetic_text_to_sql_train.snappy.parquet"),
                IntStream.range(0, 100_000).mapToObj(ParquetFiles::row));
        int[] count = new int[1];

        RowFiles.forEach(file, RowFaults.STRICT, row -> {
            assertThat(row.object().get("id").intValue()).isEqualTo(count[0]);
            count[0]++;
        });

        assertThat(count[0]).isEqualTo(100_000);
    }

    private static List<JsonRow> rows(Path file, RowFaults faults) {
        List<JsonRow> rows = new ArrayList<>();
        RowFiles.forEach(file, faults, rows::add);
        return rows;
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }
}
