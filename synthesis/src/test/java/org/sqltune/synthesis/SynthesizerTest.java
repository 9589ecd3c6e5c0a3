package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.template.Templates;

class SynthesizerTest {
    private Connection shop;

    @BeforeEach
    void open() throws SQLException {
        shop = ShopDatabase.open();
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    @Test
    void equalSeedsMakeEqualPairs() throws SQLException {
        assertThat(pairs(7, 300)).isEqualTo(pairs(7, 300));
        assertThat(pairs(7, 300)).isNotEqualTo(pairs(8, 300));
    }

    @Test
    void asManyPairsAreMadeAsAreWanted() throws SQLException {
        assertThat(pairs(1, 600)).hasSize(600);
    }

    @Test
    void everyCategoryGetsItsShare() throws SQLException {
        Map<QueryCategory, Long> counts =
                pairs(1, 600).stream().collect(Collectors.groupingBy(SyntheticPair::category, Collectors.counting()));

        assertThat(counts).containsOnlyKeys(QueryCategory.values());
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(110L, 130L));
    }

    @Test
    void everyPairRunsAndHasAnAnswer() throws SQLException {
        for (SyntheticPair pair : pairs(2, 600)) {
            try (Statement statement = shop.createStatement();
                    ResultSet row = statement.executeQuery(pair.sql())) {
                assertThat(row.next()).as(pair.sql()).isTrue();
            }
        }
    }

    @Test
    void noQuestionIsMadeTwice() throws SQLException {
        List<SyntheticPair> pairs = pairs(3, 600);

        assertThat(pairs.stream().map(pair -> QuestionText.normalised(pair.question())))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyTemplateOfEveryCategoryComesUp() throws SQLException {
        Set<String> used = Stream.concat(pairs(4, 1500).stream(), pairs(9, 1500).stream())
                .map(SyntheticPair::templateId)
                .collect(Collectors.toSet());

        assertThat(Templates.all())
                .extracting(template -> template.id())
                .allSatisfy(id -> assertThat(used).contains(id));
    }

    @Test
    void aTemplateThatSuitsOneTableHasAsManyPairsAsOneThatSuitsAll() throws SQLException {
        Map<String, Long> made = pairs(8, 1000).stream()
                .collect(Collectors.groupingBy(SyntheticPair::templateId, Collectors.counting()));

        assertThat(made.get("simple.difference"))
                .isBetween(made.get("simple.columns") - 1, made.get("simple.columns") + 1);
    }

    @Test
    void theCategoryIsTheLastThatFitsTheQuery() throws SQLException {
        for (SyntheticPair pair : pairs(5, 800)) {
            String sql = pair.sql();
            boolean nested = sql.lastIndexOf("SELECT ") > 0;
            boolean join = sql.contains(" JOIN ");
            boolean aggregate = sql.matches(".*\\b(COUNT|SUM|AVG|MIN|MAX)\\(.*");
            QueryCategory expected = nested
                    ? QueryCategory.NESTED
                    : join
                            ? QueryCategory.JOIN
                            : aggregate
                                    ? QueryCategory.AGGREGATION
                                    : sql.contains(" WHERE ") ? QueryCategory.FILTER : QueryCategory.SIMPLE;
            assertThat(pair.category()).as(sql).isEqualTo(expected);
        }
    }

    @Test
    void aLimitNeverCutsThroughATie() throws SQLException {
        Connection ties = ShopDatabase.withStatements(
                "CREATE TABLE runners (runner_id INTEGER PRIMARY KEY, name TEXT, points INTEGER)",
                "INSERT INTO runners VALUES (1, 'Ann Ash', 9), (2, 'Bea Birch', 9),"
                        + " (3, 'Cleo Cedar', 5), (4, 'Dora Doe', 5)");

        assertThat(new Synthesizer(1).synthesize(ShopDatabase.schema(ties), ties, 200))
                .isNotEmpty()
                .noneMatch(pair -> pair.sql().matches(".*ORDER BY points (ASC|DESC) LIMIT \\d+"));
        ties.close();
    }

    @Test
    void excludedQuestionsAreNotMade() throws SQLException {
        Set<String> first = pairs(1, 100).stream()
                .map(pair -> QuestionText.normalised(pair.question()))
                .collect(Collectors.toSet());
        Synthesizer picky = new Synthesizer(1, question -> !first.contains(QuestionText.normalised(question)));

        List<SyntheticPair> others = picky.synthesize(ShopDatabase.schema(shop), shop, 100);

        assertThat(others).hasSize(100);
        assertThat(others).noneMatch(pair -> first.contains(QuestionText.normalised(pair.question())));
    }

    @Test
    void theConnectionIsAsBeforeAfterwards() throws SQLException {
        pairs(1, 50);

        try (Statement statement = shop.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM reviews")).isEqualTo(80);
        }
    }

    @Test
    void aDatabaseWithoutLinksIsAskedWhatItCanAnswer() throws SQLException {
        Connection flat = ShopDatabase.withStatements(
                "CREATE TABLE colours (name TEXT)", "INSERT INTO colours VALUES ('red'), ('green'), ('blue')");

        List<SyntheticPair> pairs = new Synthesizer(1).synthesize(ShopDatabase.schema(flat), flat, 10_000);

        assertThat(pairs).hasSizeBetween(40, 5_000);
        assertThat(pairs).extracting(SyntheticPair::category).doesNotContain(QueryCategory.JOIN);
        flat.close();
    }

    @Test
    void aDatabaseWithoutRowsIsAskedNothing() throws SQLException {
        Connection empty = ShopDatabase.withStatements("CREATE TABLE t (a INTEGER, b TEXT)");

        assertThat(new Synthesizer(1).synthesize(ShopDatabase.schema(empty), empty, 10))
                .isEmpty();
        empty.close();
    }

    @Test
    void hostileNamesAndValuesStayNamesAndValues() throws SQLException {
        Connection hostile = ShopDatabase.withStatements(
                "CREATE TABLE \"order\" (\"select\" INTEGER PRIMARY KEY, \"group by\" TEXT, \"a\"\"b\" REAL,"
                        + " \"'; --\" TEXT,"
                        + " \"!!\" INTEGER, \" \" TEXT, \"{rows}\" TEXT)",
                "INSERT INTO \"order\" VALUES (1, 'it''s', 1.5, 'x;y', 1, 'a', '{value}'),"
                        + " (2, 'it''s', 2.5, '\"q\"', 2, 'b', '$1'),"
                        + " (3, 'line\nbreak', 1e300, 'x;y', 3, 'a', '{column}'), (4, '%_', -4, NULL, 3, 'b', '\\1')",
                "CREATE TABLE \"my \"\"odd\"\" table\" (\"from\" INTEGER REFERENCES \"order\"(\"select\"),"
                        + " \"näme\" TEXT, b BLOB, mixed)",
                "INSERT INTO \"my \"\"odd\"\" table\" VALUES (1, 'Ünal', x'00ff', 1),"
                        + " (1, 'Zoë', x'01', 'one'), (NULL, '日本', NULL, 2.5)",
                "CREATE TABLE \"nothing\" (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES \"order\")",
                "CREATE TABLE single (only_column TEXT)",
                "INSERT INTO single VALUES ('one'), ('two'), ('two')",
                "CREATE TABLE nulls (a INTEGER, b TEXT)",
                "INSERT INTO nulls VALUES (NULL, NULL)",
                "CREATE TABLE tree (id INTEGER PRIMARY KEY, name TEXT, above INTEGER REFERENCES tree (id))",
                "INSERT INTO tree VALUES (1, 'root', NULL), (2, 'twig', 1), (3, 'leaf', 2)");

        List<SyntheticPair> pairs = new Synthesizer(1).synthesize(ShopDatabase.schema(hostile), hostile, 1_000);

        assertThat(pairs).hasSizeGreaterThan(400);
        assertThat(pairs)
                .extracting(SyntheticPair::table)
                .contains("order", "my \"odd\" table", "single", "tree")
                .doesNotContain("nothing");
        assertThat(pairs)
                .extracting(SyntheticPair::sql)
                .allSatisfy(sql -> assertThat(runs(hostile, sql)).isTrue());
        hostile.close();
    }

    @Test
    void aSchemaOfAnotherDatabaseIsRefused() {
        Schema wrong =
                new Schema("wrong", List.of(new Table("missing", List.of(new Column("a", "text", false)))), List.of());

        assertThatThrownBy(() -> new Synthesizer(1).synthesize(wrong, shop, 10))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("wrong");
    }

    @Test
    void sqlKeepsTheHouseStyle() throws SQLException {
        Set<String> keywords = new HashSet<>(Arrays.asList("select", "from", "where", "join", "group", "order"));
        for (SyntheticPair pair : pairs(6, 400)) {
            assertThat(pair.sql()).doesNotContain(";").doesNotContain("  ").doesNotContain("\"");
            assertThat(pair.sql().split("[ (]")).doesNotContainAnyElementsOf(keywords);
            assertThat(pair.sql().contains("T1."))
                    .as(pair.sql())
                    .isEqualTo(pair.sql().contains(" JOIN ") || pair.sql().contains(" AS T1 WHERE "));
        }
    }

    private List<SyntheticPair> pairs(long seed, int count) throws SQLException {
        return new Synthesizer(seed).synthesize(ShopDatabase.schema(shop), shop, count);
    }

    private static boolean runs(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next();
        }
    }
}
