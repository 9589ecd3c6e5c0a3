package org.sqltune.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.split.Splits;

/** Data sets as the hub serves them: Gretel's as Parquet, sql-create-context as JSON. */
class HubFilesTest {
    @TempDir
    private Path folder;

    @Test
    void gretelsParquetFilesAreReadWithAllThatTheyTell() throws Exception {
        Files.createDirectory(folder.resolve("data"));
        ParquetFiles.gretel(
                folder.resolve("data/synthetic_text_to_sql_train.snappy.parquet"),
                IntStream.range(0, 20).mapToObj(ParquetFiles::row));
        ParquetFiles.gretel(
                folder.resolve("data/synthetic_text_to_sql_test.snappy.parquet"),
                IntStream.range(90, 95).mapToObj(ParquetFiles::row));
        Files.writeString(folder.resolve("README.md"), "# a card");
        Files.writeString(folder.resolve("dummy.json"), "{}");

        Splits<Example> splits = new GretelSource(folder).prepare();

        assertThat(splits.train()).hasSize(20);
        assertThat(splits.test()).extracting(Example::id).containsExactly("90", "91", "92", "93", "94");
        Example example = splits.train().get(7);
        assertThat(example.question()).isEqualTo("What is the total volume of timber sold by salesperson 7?");
        assertThat(((VerbatimSchema) example.schema()).text()).startsWith("CREATE TABLE salesperson");
        assertThat(example.sql()).endsWith("s.salesperson_id = 7");
        assertThat(example.explanation()).endsWith("number 7.");
        assertThat(example.context()).isEqualTo(new QuestionContext("forestry", "single join"));
    }

    @Test
    void anIdThatIsThereTwiceIsNamedByRow() throws Exception {
        Path file = ParquetFiles.gretel(
                folder.resolve("train.parquet"), Stream.of(1, 2, 1).map(ParquetFiles::row));

        assertThatThrownBy(() -> new GretelSource(file).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessage(file + " row 3: id 1 is that of row 1 as well; make ids unique or leave them out");
        assertThat(new GretelSource(file, "", true).prepare().counts())
                .containsExactly(new RowCount("train.parquet", 3, 2, Map.of("broken", 1)));
    }

    @Test
    void sqlCreateContextIsQuestionContextAnswer() throws Exception {
        Files.writeString(folder.resolve("sql_create_context_v4.json"), """
                [
                    {
                        "question": "How many heads of the departments are older than 56 ?",
                        "context": "CREATE TABLE head (age INTEGER)",
                        "answer": "SELECT COUNT(*) FROM head WHERE age > 56"
                    },
                    {
                        "question": "Name?",
                        "context": "",
                        "answer": "SELECT 1"
                    }
                ]
                """);

        Splits<Example> splits = new SqlCreateContextSource(folder, "", true).prepare();

        assertThat(splits.train())
                .containsExactly(new Example(
                        "sql_create_context_v4-2",
                        "",
                        "How many heads of the departments are older than 56 ?",
                        new VerbatimSchema("CREATE TABLE head (age INTEGER)"),
                        "SELECT COUNT(*) FROM head WHERE age > 56"));
        assertThat(splits.notes()).anyMatch(note -> note.contains("WikiSQL and Spider"));
        assertThatThrownBy(() -> new SqlCreateContextSource(folder, "", false).prepare())
                .hasMessageContaining("line 7: \"context\" is empty");
    }

    @Test
    void aMissingFileSaysWhereToGetIt() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> new SqlCreateContextSource(nowhere, "get it from the hub", false).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("No file or folder " + nowhere + ": get it from the hub");
    }

    @Test
    void ownFieldsAreMappedFromAnyKindOfFile() throws Exception {
        ColumnMapping mapping = new ColumnMapping(Map.of("question", "utterance", "sql", "query", "schema", "ddl"));
        Path csv = Files.writeString(
                folder.resolve("a.csv"),
                "key,utterance,query,ddl\n1,\"How many, then?\",SELECT count(*) FROM t;,t(a)\n");
        Path json = Files.writeString(
                folder.resolve("a.json"),
                "[{\"utterance\": \"How many, then?\", \"query\": \"SELECT count(*) FROM t\", \"ddl\": \"t(a)\"}]");

        List<Example> fromCsv = new OwnFilesSource(csv, json, null, mapping, SchemaLookup.OF_ROW, false)
                .prepare()
                .train();
        List<Example> fromJson = new OwnFilesSource(csv, json, null, mapping, SchemaLookup.OF_ROW, false)
                .prepare()
                .validation();

        assertThat(fromCsv)
                .containsExactly(new Example(
                        "a-2", "", "How many, then?", new VerbatimSchema("t(a)"), "SELECT count(*) FROM t"));
        assertThat(fromJson).extracting(Example::question).containsExactly("How many, then?");
        assertThat(RowKind.of(csv, mapping)).isEqualTo(RowKind.QUESTION_SQL);
        assertThatThrownBy(() -> new ColumnMapping(Map.of("quesion", "x")))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("data.columns.quesion");
    }
}
