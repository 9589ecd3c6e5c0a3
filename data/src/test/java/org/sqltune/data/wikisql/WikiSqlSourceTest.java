package org.sqltune.data.wikisql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.split.Splits;

class WikiSqlSourceTest {
    @TempDir
    Path folder;

    @Test
    void sqlIsBuiltFromTheStructAndTheHeaders() throws Exception {
        write("tables.partial.jsonl", """
                {"id": "t1", "columns": {"0": "NAME", "2": "STATE/TERRITORY", "10": "YEAR"}}
                """);
        write("train.jsonl", """
                {"table_id": "t1", "question": "Who? ", "sql": {"sel": 0, "agg": 0, "conds": []}}
                {"table_id": "t1", "question": "How many?", "sql": {"sel": 2, "agg": 3, "conds": [[0, 0, "O'Hara"], [10, 1, 1999]]}}
                {"table_id": "t1", "question": "How late?", "sql": {"sel": 10, "agg": 1, "conds": [[10, 2, 20.5]]}}
                """);

        List<Example> train = new WikiSqlSource(folder).prepare().train();

        assertThat(train)
                .extracting(Example::sql)
                .containsExactly(
                        "SELECT NAME FROM \"table\"",
                        "SELECT COUNT(\"STATE/TERRITORY\") FROM \"table\" WHERE NAME = 'O''Hara' AND YEAR > 1999",
                        "SELECT MAX(YEAR) FROM \"table\" WHERE YEAR < 20.5");
        assertThat(train).extracting(Example::id).containsExactly("train-0", "train-1", "train-2");
        assertThat(train).extracting(Example::question).containsExactly("Who?", "How many?", "How late?");
        assertThat(train.get(0).schema())
                .isEqualTo(new Schema(
                        "t1",
                        List.of(new Table(
                                "table",
                                List.of(
                                        new Column("NAME", "", false),
                                        new Column("STATE/TERRITORY", "", false),
                                        new Column("YEAR", "", false)))),
                        List.of()));
    }

    @Test
    void officialHeadersHaveTypes() throws Exception {
        write(
                "dev.tables.jsonl",
                "{\"id\": \"t\", \"header\": [\"A\", \"B\"], \"types\": [\"text\", \"real\"], \"rows\": []}");
        write(
                "dev.jsonl",
                "{\"table_id\": \"t\", \"question\": \"?\", \"sql\": {\"sel\": 1, \"agg\": 5, \"conds\": []}}");

        Splits<Example> splits = new WikiSqlSource(folder).prepare();

        assertThat(((Schema) splits.validation().get(0).schema())
                        .tables()
                        .get(0)
                        .columns())
                .containsExactly(new Column("A", "text", false), new Column("B", "real", false));
        assertThat(splits.validation().get(0).sql()).isEqualTo("SELECT AVG(B) FROM \"table\"");
        assertThat(splits.notes()).contains("train.jsonl isn't there.", "test.jsonl isn't there.");
    }

    @Test
    void rowsThatCannotBecomeSqlAreCountedByReason() throws Exception {
        write("tables.partial.jsonl", """
                {"id": "t1", "columns": {"0": "NAME", "2": "YEAR", "3": "year"}}
                """);
        write("test.jsonl", """
                {"table_id": "t1", "question": "a", "sql_text": "SELECT NAME FROM table"}
                {"table_id": "t2", "question": "b", "sql": {"sel": 0, "agg": 0, "conds": []}}
                {"table_id": "t1", "question": "c", "sql": {"sel": 0, "agg": 0, "conds": [[1, 0, "x"]]}}
                {"table_id": "t1", "question": "d", "sql": {"sel": 2, "agg": 0, "conds": []}}
                {"table_id": "t1", "question": "e", "sql": {"sel": 0, "agg": 0, "conds": []}}
                """);

        Splits<Example> splits = new WikiSqlSource(folder).prepare();

        assertThat(splits.test()).extracting(Example::id).containsExactly("test-4");
        assertThat(splits.notes())
                .contains(
                        "Headers of 1 of 1 tables are known in part: their schemas lack columns.",
                        "test.jsonl: 4 rows left out: of a table without known headers (1), with a column whose name"
                                + " is unknown (1), with a column whose name its table has twice (1),"
                                + " without sel, agg and conds (1).");
    }

    @Test
    void aRowWhoseTextNamesOtherColumnsIsCounted() throws Exception {
        write(
                "tables.partial.jsonl",
                "{\"id\": \"t\", \"columns\": {\"0\": \"NAME\", \"1\": \"YEAR_(AD)\", \"2\": \"PARTY\"}}");
        String row = """
                {"table_id": "t", "question": "Who?", "sql_text": "%s", "sql": \
                {"sel": 0, "agg": 3, "conds": [[1, 0, "1999"], [2, 1, "Sand and Sea"]]}}
                """;
        write(
                "train.jsonl",
                row.formatted(
                                "SELECT COUNT NAME FROM table WHERE PARTY > \\\"Sand and Sea\\\" AND YEAR_(AD) = \\\"1999\\\" ;")
                        + row.formatted(
                                "SELECT COUNT PARTY FROM table WHERE PARTY > 'Sand and Sea' AND YEAR_(AD) = 1999")
                        + row.formatted(
                                "SELECT COUNT NAME FROM table WHERE YEAR_(AD) > 'Sand and Sea' AND PARTY = 1999")
                        + row.formatted("SELECT COUNT NAME FROM table WHERE PARTY > 'Sand and Sea'"));

        Splits<Example> splits = new WikiSqlSource(folder).prepare();

        assertThat(splits.train()).extracting(Example::id).containsExactly("train-0");
        assertThat(splits.notes()).contains("train.jsonl: 3 rows left out: whose sql_text names other columns (3).");
    }

    @Test
    void anOperatorThatWikiSqlDoesNotHaveIsNamedByFileAndLine() throws Exception {
        write("tables.jsonl", "{\"id\": \"t\", \"columns\": {\"0\": \"A\"}}");
        write("dev.jsonl", """
                {"table_id": "t", "question": "?", "sql": {"sel": 0, "agg": 0, "conds": [[0, 0, 1]]}}
                {"table_id": "t", "question": "?", "sql": {"sel": 0, "agg": 0, "conds": [[0, 3, 1]]}}
                """);

        assertThatThrownBy(() -> new WikiSqlSource(folder).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("dev.jsonl line 2: \"sql\" holds 3");
    }

    @Test
    void aFolderWithoutHeadersIsNamed() {
        assertThatThrownBy(() -> new WikiSqlSource(folder).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("No table headers in " + folder);
    }

    private void write(String name, String content) throws Exception {
        Files.writeString(folder.resolve(name), content);
    }
}
