package org.sqltune.data.spider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.source.SpiderFixture;
import org.sqltune.data.split.Splits;

class SpiderCsvSourceTest {
    private static final String CSV = """
            text_query,sql_command
            How many customers?,SELECT count(*) FROM Customers
            Where do they live?,"SELECT ""Home Town"" FROM Customers ;"
            "Really, who?",SELECT 1
            How many?,SELECT count(*)  FROM animals
            """;

    @TempDir
    Path folder;

    @Test
    void rowsFindTheirSchemaInSpidersFiles() throws Exception {
        SpiderFixture.write(folder);

        Splits<Example> splits = source(CSV, false).prepare();

        assertThat(splits.train()).extracting(Example::databaseId).containsExactly("shop", "shop", "");
        assertThat(splits.train().get(1).schema()).isInstanceOf(Schema.class);
        assertThat(splits.train().get(1).sql()).isEqualTo("SELECT \"Home Town\" FROM Customers");
    }

    @Test
    void aRowThatSpiderDoesNotKnowHasNoSchemaAndIsCounted() throws Exception {
        SpiderFixture.write(folder);

        Splits<Example> splits = source(CSV, false).prepare();

        assertThat(splits.train().get(2).schema()).isEqualTo(new VerbatimSchema(""));
        assertThat(splits.train().get(2).question()).isEqualTo("Really, who?");
        assertThat(splits.notes()).anyMatch(note -> note.contains("1 rows are in none of Spider's files"));
    }

    @Test
    void rowsOfSpidersDevSetAreKeptOutOfTraining() throws Exception {
        SpiderFixture.write(folder);

        Splits<Example> splits = source(CSV, false).prepare();

        assertThat(splits.train()).hasSize(3);
        assertThat(splits.validation()).extracting(Example::id).containsExactly("csv-3");
        assertThat(splits.test()).isEqualTo(splits.validation());
        assertThat(splits.notes()).anyMatch(note -> note.contains("1 rows are Spider's dev set. They are kept out"));
    }

    @Test
    void rowsOfSpidersDevSetTrainOnlyWhenAskedForAndThenWithAWarning() throws Exception {
        SpiderFixture.write(folder);

        Splits<Example> splits = source(CSV, true).prepare();

        assertThat(splits.train()).hasSize(4);
        assertThat(splits.validation()).isEmpty();
        assertThat(splits.notes()).anyMatch(note -> note.contains("scores on Spider's dev set will say nothing"));
    }

    @Test
    void aQuestionAskedOfSeveralDatabasesFindsThemInSpidersOrder() throws Exception {
        SpiderFixture.write(folder);
        Files.writeString(folder.resolve("train_spider.json"), """
                [{"question": "How many?", "query": "SELECT 1", "db_id": "shop"},
                 {"question": "How many?", "query": "SELECT 1", "db_id": "zoo"}]
                """);

        Splits<Example> splits = source(
                        "text_query,sql_command\nHow many?,SELECT 1\nHow many?,SELECT 1\nHow many?,SELECT 1\n", false)
                .prepare();

        assertThat(splits.train()).extracting(Example::databaseId).containsExactly("shop", "zoo", "zoo");
    }

    @Test
    void withoutSpidersFilesTheContaminationCannotBeToldAndThatIsSaid() throws Exception {
        Splits<Example> splits = source(CSV, false).prepare();

        assertThat(splits.train())
                .hasSize(4)
                .allMatch(example -> example.schema().equals(new VerbatimSchema("")));
        assertThat(splits.notes())
                .anyMatch(note -> note.contains("No tables.json"))
                .anyMatch(note -> note.contains("8,034 rows does, in its last 1,034"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws Exception {
        assertThat(source("\uFEFF" + CSV, false).prepare().train()).hasSize(4);
    }

    @Test
    void aLongerRowThanTheHeaderIsNamed() {
        assertFault(
                "text_query,sql_command\nHow many?,SELECT a, b FROM t\n", "line 2: 3 fields where the header has 2");
    }

    @Test
    void aShorterRowThanTheHeaderIsNamed() {
        assertFault("text_query,sql_command\n\"Two\nlines\",SELECT 1\nHow many?\n", "line 4: 1 fields");
    }

    @Test
    void aQuoteThatNeverClosesIsNamed() {
        assertFault("text_query,sql_command\n\"How many?,SELECT 1\nWho?,SELECT 2\n", "line 2");
    }

    @Test
    void aMissingColumnIsNamed() {
        assertFault("question,sql_command\nHow many?,SELECT 1\n", "line 1: no column text_query");
    }

    @Test
    void anEmptyFieldIsNamed() {
        assertFault("text_query,sql_command\nHow many?,;\n", "line 2: \"sql_command\" is only a semicolon");
        assertFault("text_query,sql_command\n,SELECT 1\n", "line 2: text_query or sql_command is empty");
    }

    @Test
    void aFileWithoutRowsIsRefused() {
        assertFault("text_query,sql_command\n", "is empty");
        assertFault("", "is empty");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> new SpiderCsvSource(folder.resolve("gone.csv"), folder, false).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("gone.csv");
    }

    private void assertFault(String csv, String message) {
        assertThatThrownBy(() -> source(csv, false).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("spider.csv")
                .hasMessageContaining(message);
    }

    private SpiderCsvSource source(String csv, boolean trainOnDev) throws Exception {
        return new SpiderCsvSource(Files.writeString(folder.resolve("spider.csv"), csv), folder, trainOnDev);
    }
}
