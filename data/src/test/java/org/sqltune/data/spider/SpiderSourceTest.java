package org.sqltune.data.spider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.source.SpiderFixture;
import org.sqltune.data.split.Splits;

class SpiderSourceTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeSpider() throws Exception {
        SpiderFixture.write(folder);
    }

    @Test
    void trainAndOthersTrainAndDevIsValidationAndTest() {
        Splits<Example> splits = new SpiderSource(folder).prepare();

        assertThat(splits.train()).extracting(Example::id).containsExactly("train-0", "train-1", "others-0");
        assertThat(splits.validation()).extracting(Example::id).containsExactly("dev-0", "dev-1");
        assertThat(splits.test()).isEqualTo(splits.validation());
        assertThat(splits.notes()).anyMatch(note -> note.contains("both validation and test"));
    }

    @Test
    void goldSqlHasNoClosingSemicolonAndIsOtherwiseAsWritten() {
        Splits<Example> splits = new SpiderSource(folder).prepare();

        assertThat(splits.train())
                .extracting(Example::sql)
                .containsExactly(
                        "SELECT count(*) FROM Customers",
                        "SELECT \"Home Town\" FROM Customers",
                        "SELECT name FROM animals");
        assertThat(splits.test().get(0).sql()).isEqualTo("SELECT count(*)  FROM animals");
    }

    @Test
    void schemasHaveOriginalNamesTypesAndKeys() {
        Splits<Example> splits = new SpiderSource(folder).prepare();

        assertThat(splits.train().get(0).schema())
                .isEqualTo(new Schema(
                        "shop",
                        List.of(
                                new Table(
                                        "Customers",
                                        List.of(
                                                new Column("ID", "number", true),
                                                new Column("Home Town", "text", false))),
                                new Table(
                                        "Orders",
                                        List.of(
                                                new Column("Order_ID", "number", true),
                                                new Column("Customer", "number", false)))),
                        List.of(new ForeignKey("Orders", "Customer", "Customers", "ID"))));
        assertThat(((Schema) splits.train().get(2).schema()).tables().get(0).columns())
                .allMatch(Column::primaryKey);
    }

    @Test
    void sqlitesOwnTablesAreLeftOut() throws Exception {
        Path tables = folder.resolve("tables.json");
        Files.writeString(
                tables,
                Files.readString(tables).replace("[\"Customers\", \"Orders\"]", "[\"sqlite_sequence\", \"Orders\"]"));

        Splits<Example> splits = new SpiderSource(folder).prepare();

        assertThat(((Schema) splits.train().get(0).schema()).tables())
                .extracting(Table::name)
                .containsExactly("Orders");
    }

    @Test
    void aMissingDatabaseIsNamedWithItsExamplesWhichStay() {
        Splits<Example> splits = new SpiderSource(folder).prepare();

        assertThat(splits.notes()).contains("database/ lacks zoo (2): 2 examples can be trained on but not executed.");
        assertThat(splits.train()).hasSize(3);
    }

    @Test
    void aMissingDatabaseFolderIsOneNote() throws Exception {
        Files.delete(folder.resolve("database/shop/shop.sqlite"));
        Files.delete(folder.resolve("database/shop"));
        Files.delete(folder.resolve("database"));

        assertThat(new SpiderSource(folder).prepare().notes())
                .contains("database/ isn't there: no SQL can be executed.");
    }

    @Test
    void aDatabaseMissingInTablesJsonIsNamedAndItsExamplesLeftOut() throws Exception {
        Files.writeString(folder.resolve("train_others.json"), """
                [{"question": "Who?", "query": "SELECT 1", "db_id": "moon"},
                 {"question": "When?", "query": "SELECT 2", "db_id": "moon"}]
                """);

        Splits<Example> splits = new SpiderSource(folder).prepare();

        assertThat(splits.train()).hasSize(2);
        assertThat(splits.notes()).contains("tables.json lacks moon (2): 2 examples without a schema are left out.");
    }

    @Test
    void withoutTrainOthersItGoesOnAndSaysSo() throws Exception {
        Files.delete(folder.resolve("train_others.json"));

        Splits<Example> splits = new SpiderSource(folder).prepare();

        assertThat(splits.train()).hasSize(2);
        assertThat(splits.notes()).anyMatch(note -> note.contains("train_others.json"));
    }

    @Test
    void aBrokenRowIsNamedByFileAndLine() throws Exception {
        Files.writeString(folder.resolve("dev.json"), """
                [{"question": "How many?", "query": "SELECT 1", "db_id": "zoo"},
                 {"question": "How many?", "db_id": "zoo"}]
                """);

        assertThatThrownBy(() -> new SpiderSource(folder).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("dev.json line 2: \"query\" is missing");
    }

    @Test
    void aMissingFileOrFolderIsNamed() throws Exception {
        Files.delete(folder.resolve("tables.json"));

        assertThatThrownBy(() -> new SpiderSource(folder).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("tables.json");
        assertThatThrownBy(() -> new SpiderSource(folder.resolve("nowhere")).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aKeyThatNamesNoColumnIsNamed() throws Exception {
        Path tables = folder.resolve("tables.json");
        Files.writeString(tables, Files.readString(tables).replace("[[4, 1]]", "[[4, 9]]"));

        assertThatThrownBy(() -> new SpiderSource(folder).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("tables.json line 1: foreign key [4,9] of shop names no column");
    }
}
