package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.data.database.DeclaredComments;
import org.sqltune.synthesis.template.Templates;

class HardnessMixTest {
    @Test
    void quotasAddUpToTheCount() {
        for (int count : List.of(1, 2, 3, 7, 999)) {
            assertThat(HardnessMix.SPIDER.quotas(count).values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(count);
        }
        assertThat(HardnessMix.SPIDER.quotas(100)).containsEntry(QueryHardness.MEDIUM, 39);
    }

    @Test
    void weightsBelowZeroAreRefused() {
        assertThatThrownBy(() -> new HardnessMix(Map.of(QueryHardness.EASY, -1.0)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("EASY=-1.0");
    }

    @Test
    void aMixIsReadFromItsTextOrByItsName() {
        assertThat(HardnessMix.of("spider")).isEqualTo(HardnessMix.SPIDER);
        assertThat(HardnessMix.of("easy=1, Hard=2.5").weights())
                .isEqualTo(Map.of(QueryHardness.EASY, 1.0, QueryHardness.HARD, 2.5));
        for (String wrong : List.of("", "tricky=1", "easy", "easy=much", "easy=0", "easy=1,")) {
            assertThatThrownBy(() -> HardnessMix.of(wrong))
                    .as(wrong)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("hardness");
        }
    }

    @Test
    void pairsComeInTheMixThatWasAskedFor() throws SQLException {
        Map<QueryHardness, Integer> made = new HashMap<>();
        for (SyntheticPair pair : synthesize(HardnessMix.SPIDER, 200)) {
            made.merge(QueryHardness.of(pair.sql()), 1, Integer::sum);
        }
        assertThat(made).isEqualTo(HardnessMix.SPIDER.quotas(200));
    }

    @Test
    void aGradeWithoutWeightIsntMadeAndEqualSeedsMakeEqualPairs() throws SQLException {
        HardnessMix hardOnly = new HardnessMix(Map.of(QueryHardness.HARD, 1.0));
        List<SyntheticPair> pairs = synthesize(hardOnly, 60);
        assertThat(pairs).hasSize(60).allMatch(pair -> QueryHardness.of(pair.sql()) == QueryHardness.HARD);
        assertThat(synthesize(hardOnly, 60)).isEqualTo(pairs);
    }

    @Test
    void setOperationsAreAmongThem() throws SQLException {
        assertThat(synthesize(null, 400))
                .extracting(SyntheticPair::templateId)
                .anyMatch(id -> id.startsWith("sets.rows-"))
                .anyMatch(id -> id.startsWith("sets.children-"));
        assertThat(Templates.all()).noneMatch(template -> template.id().startsWith("sets."));
    }

    @Test
    void aShortCommentIsWhatAColumnIsCalled() throws SQLException {
        try (Connection connection = ShopDatabase.open();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE crew (\n  f1 TEXT, -- home port\n  f2 INTEGER /* years at sea */\n)");
            statement.executeUpdate("INSERT INTO crew VALUES ('Oslo', 3), ('Oslo', 8), ('Kiel', 5), ('Kiel', 9)");
            Schema schema = DeclaredComments.in(ShopDatabase.schema(connection), connection);
            Schema crew = new Schema("crew", List.of(schema.table("crew").orElseThrow()), List.of());
            assertThat(new Synthesizer(3).synthesize(crew, connection, 80))
                    .anyMatch(pair -> pair.question().contains("home port"))
                    .anyMatch(pair -> pair.question().contains("years at sea"))
                    .noneMatch(pair -> pair.question().toLowerCase(Locale.ROOT).contains("f2"));
        }
    }

    @Test
    void whatIsSoOrNotIsSaidAsAnAdjective() throws SQLException {
        try (Connection connection = ShopDatabase.withStatements(
                "CREATE TABLE tongue (name TEXT, IsOfficial TEXT, speakers INTEGER)",
                "INSERT INTO tongue VALUES ('A', 'T', 5), ('B', 'F', 6), ('C', 'T', 7), ('D', 'F', 8), ('E', 'T', 9)")) {
            List<SyntheticPair> pairs = new Synthesizer(3).synthesize(ShopDatabase.schema(connection), connection, 80);

            assertThat(pairs)
                    .filteredOn(pair -> pair.question().contains("official tongues")
                            || pair.question().contains("that are official"))
                    .isNotEmpty()
                    .allMatch(pair -> pair.sql().contains("IsOfficial = 'T'"));
            assertThat(pairs)
                    .filteredOn(pair -> pair.question().contains("are not official")
                            || pair.question().contains("aren't official"))
                    .isNotEmpty()
                    .allMatch(pair -> pair.sql().contains("IsOfficial = 'F'"));
        }
    }

    private static List<SyntheticPair> synthesize(@Nullable HardnessMix mix, int count) throws SQLException {
        try (Connection connection = ShopDatabase.open()) {
            return new Synthesizer(5, question -> true, Templates.withSets(), mix)
                    .synthesize(ShopDatabase.schema(connection), connection, count);
        }
    }
}
