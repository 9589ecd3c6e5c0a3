package org.sqltune.synthesis.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.synthesis.augmentation.Augmenter.Augmentation;

class AugmenterTest {
    @TempDir
    private Path folder;

    private Schema schema = new Schema("", List.of(), List.of());

    @BeforeEach
    void makeDatabase() throws IOException, SQLException {
        Path file = folder.resolve("shop").resolve("shop.sqlite");
        Files.createDirectories(file.getParent());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT, country TEXT, size INTEGER)");
            statement.executeUpdate(
                    "INSERT INTO city VALUES (1, 'Bern', 'Switzerland', 3), (2, 'L''Aquila', 'Italy', 5),"
                            + " (3, 'Oslo', 'Norway', 7)");
        }
        schema = new SchemaReader().read(file);
    }

    @Test
    void aValueIsSwappedInQuestionAndSqlAndTheNewQueryFindsSomething() {
        assertThat(made(
                        Augmentation.SWAP,
                        "Which cities are in Norway?",
                        "SELECT name FROM city WHERE country = \"Norway\""))
                .singleElement()
                .satisfies(pair -> {
                    assertThat(pair.id()).isEqualTo("q~swap");
                    assertThat(List.of(pair.question(), pair.sql()))
                            .isIn(
                                    List.of(
                                            "Which cities are in Italy?",
                                            "SELECT name FROM city WHERE country = \"Italy\""),
                                    List.of(
                                            "Which cities are in Switzerland?",
                                            "SELECT name FROM city WHERE country = \"Switzerland\""));
                });
    }

    @Test
    void anApostropheInAValueIsWrittenAsSqlWantsIt() {
        assertThat(made(
                        Augmentation.SWAP,
                        "How large is Bern or so?",
                        "SELECT size FROM city WHERE name = 'Bern' AND size > 3 - 1 AND id < 9"))
                .allSatisfy(pair -> assertThat(pair.sql()).contains("name = '"));
        assertThat(made(
                        Augmentation.SWAP,
                        "Id of Bern, size below 6",
                        "SELECT id FROM city WHERE name = 'Bern' AND size < 6"))
                .singleElement()
                .satisfies(
                        pair -> assertThat(pair.sql()).matches(".*('L''Aquila' AND size < 6|'Bern' AND size < [57])"));
    }

    @Test
    void aValueThatTheQuestionDoesntHaveStays() {
        assertThat(made(
                        Augmentation.SWAP,
                        "Which cities are up north?",
                        "SELECT name FROM city WHERE country = 'Norway'"))
                .isEmpty();
        assertThat(made(
                        Augmentation.SWAP,
                        "Which are in Atlantis?",
                        "SELECT name FROM city WHERE country = 'Atlantis'"))
                .isEmpty();
    }

    @Test
    void aQuestionIsAskedInOtherWordsWithTheSameSql() {
        assertThat(made(Augmentation.PARAPHRASE, "How many cities are there?", "SELECT count(*) FROM city"))
                .singleElement()
                .satisfies(pair -> {
                    assertThat(pair.question()).contains("cities").isNotEqualTo("How many cities are there?");
                    assertThat(pair.sql()).isEqualTo("SELECT count(*) FROM city");
                });
        assertThat(made(
                        Augmentation.PARAPHRASE,
                        "What is the size, and what is the name?",
                        "SELECT size, name FROM city"))
                .isEmpty();
    }

    @Test
    void aShuffledSchemaHasTheSameColumns() {
        assertThat(made(Augmentation.SHUFFLE, "Who?", "SELECT name FROM city"))
                .singleElement()
                .satisfies(pair -> {
                    Schema shuffled = (Schema) pair.schema();
                    assertThat(shuffled).isNotEqualTo(schema);
                    assertThat(shuffled.tables().get(0).columns())
                            .containsExactlyInAnyOrderElementsOf(
                                    schema.tables().get(0).columns());
                });
    }

    private List<Example> made(Augmentation way, String question, String sql) {
        Map<Augmentation, List<Example>> made = new Augmenter(
                        EnumSet.of(way), new DatabaseFolder(folder), QueryLimits.DEFAULTS, 4)
                .augment(List.of(new Example("q", "shop", question, schema, sql)));
        return made.getOrDefault(way, List.of());
    }
}
