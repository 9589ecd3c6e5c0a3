package org.sqltune.data.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;

class DatabaseValuesTest {
    private static final ValueLink BERLIN = new ValueLink("order", "it's city", "Berlin");

    @TempDir
    private Path folder;

    private Path file;
    private Schema schema;

    @BeforeEach
    void create() throws SQLException {
        file = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE \"order\" (id INTEGER, \"it's city\" TEXT, placed DATE, free);"
                    + "INSERT INTO \"order\" VALUES (1, 'Berlin', '2024-01-01', 'Express mail'), (2, 'Berlin', 'soon', 7),"
                    + " (3, '12345', NULL, x'41'), (4, '" + "Long ".repeat(20) + "', NULL, NULL)");
        }
        schema = new SchemaReader().read(file);
    }

    @Test
    void textsOfEveryColumnThatMayHoldSomeAreLinkedWhateverItsName() {
        ValueLinker linker = DatabaseValues.linker(file.toString(), schema);

        assertThat(linker.link("Which orders of Berlin went by express mail?"))
                .containsExactly(BERLIN, new ValueLink("order", "free", "Express mail"));
        assertThat(linker.link("Orders of January 1st, 2024"))
                .containsExactly(new ValueLink("order", "placed", "2024-01-01"));
        assertThat(linker.link("Orders 12345, placed soon, Long Long Long"))
                .containsExactly(new ValueLink("order", "it's city", "12345"));
    }

    @Test
    void numbersAreLinkedToTheirColumnsButSmallOnesAndKeysAreNot() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (id INTEGER PRIMARY KEY, shop INTEGER REFERENCES \"order\"(id),"
                    + " price REAL, pieces INTEGER);"
                    + "INSERT INTO item VALUES (4711, 4712, 12.5, 7), (4713, 4714, 2500000, 1500), (4715, 1, 1e400, 8)");
        }
        ValueLinker linker = DatabaseValues.linker(file.toString(), new SchemaReader().read(file));

        assertThat(linker.link("7 items at 12.50 each"))
                .containsExactly(new ValueLink("item", "price", "12.5", true));
        assertThat(linker.link("items of more than 1,500 pieces for 2500000"))
                .containsExactly(
                        new ValueLink("item", "pieces", "1500", true), new ValueLink("item", "price", "2500000", true));
        assertThat(linker.link("items 4711, 4712, 1500-1 and v1500")).isEmpty();
    }

    @Test
    void aDatabaseThatCannotBeOpenedHasNoLinks() {
        assertThat(new ValueLinkers()
                        .of(folder.resolve("no.sqlite").toString(), schema)
                        .link("Orders of Berlin?"))
                .isEmpty();
    }

    @Test
    void columnsThatCannotBeReadAreLeftOut() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("ALTER TABLE \"order\" RENAME COLUMN free TO gone");
        }

        assertThat(DatabaseValues.linker(file.toString(), schema).link("Berlin by express mail"))
                .containsExactly(BERLIN);
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedAndReadingChangesNothing() throws Exception {
        byte[] before = Files.readAllBytes(file);
        DatabaseValues.linker(file.toString(), schema);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThatThrownBy(
                        () -> DatabaseValues.linker(folder.resolve("no.sqlite").toString(), schema))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("no.sqlite");
    }

    @Test
    void examplesGetTheValuesOfTheirOwnDatabaseAndOthersStayAsTheyAre() {
        Example here = new Example("1", "shop", "Orders of Berlin?", schema, "SELECT 1");
        Example elsewhere = new Example("2", "other", "Orders of Berlin?", schema, "SELECT 1");

        List<Example> linked = new ValueLinkers()
                .in(
                        List.of(here, elsewhere),
                        id -> id.equals("shop") ? Optional.of(file.toString()) : Optional.empty());

        assertThat(linked.get(0).context().values()).containsExactly(BERLIN);
        assertThat(linked.get(1)).isEqualTo(elsewhere);
    }
}
