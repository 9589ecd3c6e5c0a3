package org.sqltune.evaluation.spider.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.evaluation.spider.grammar.QueryParser;
import org.sqltune.evaluation.spider.grammar.QuerySchema;

/** QueryHardness by the official rule: clauses, nested queries and others are counted and held against its thresholds. */
class HardnessRuleTest {
    private static final QuerySchema SCHEMA = new QuerySchema(Map.of(
            "singer", List.of("id", "name", "age", "country"),
            "concert", List.of("id", "singer_id", "year")));

    private static QueryHardness of(String sql) {
        return HardnessRule.of(QueryParser.parse(sql, SCHEMA));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // No clause, or one.
                "SELECT name FROM singer | EASY",
                "SELECT count(*) FROM singer | EASY",
                "SELECT name FROM singer WHERE age > 3 | EASY",
                "SELECT name FROM singer ORDER BY age | EASY",
                // Two columns are one of the others.
                "SELECT name, age FROM singer | MEDIUM",
                "SELECT name FROM singer WHERE age > 3 ORDER BY age | MEDIUM",
                "SELECT name, age FROM singer WHERE age > 3 ORDER BY age | MEDIUM",
                "SELECT count(*), country FROM singer GROUP BY country | MEDIUM",
                "SELECT T1.name FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id WHERE T2.year = 3 | MEDIUM",
                // Three clauses, or one nested query alone.
                "SELECT name FROM singer WHERE age > 3 ORDER BY age LIMIT 3 | HARD",
                "SELECT name FROM singer WHERE id IN (SELECT singer_id FROM concert) | HARD",
                "SELECT name FROM singer UNION SELECT country FROM singer | HARD",
                // LIKE and OR are clauses, too.
                "SELECT name FROM singer WHERE name LIKE 'a' OR name LIKE 'b' | EXTRA",
                "SELECT name FROM singer WHERE id IN (SELECT singer_id FROM concert) ORDER BY age | EXTRA",
                "SELECT name, age FROM singer WHERE id NOT IN (SELECT singer_id FROM concert) | EXTRA"
            })
    void thresholdsAreTheOfficialOnes(String sql, QueryHardness hardness) {
        assertThat(of(sql)).isEqualTo(hardness);
    }

    @Test
    void joinsAreCountedByTheTable() {
        String join = " JOIN concert AS T2 ON T1.id = T2.singer_id";
        assertThat(of("SELECT T1.name FROM singer AS T1" + join)).isEqualTo(QueryHardness.EASY);
        assertThat(of("SELECT T1.name FROM singer AS T1" + join + " JOIN concert AS T3 ON T1.id = T3.singer_id"))
                .isEqualTo(QueryHardness.MEDIUM);
    }

    /** The official code takes NOT for an aggregate; with another one there are two, which is more than one. */
    @Test
    void aNegationCountsAsAnAggregate() {
        assertThat(of("SELECT count(*) FROM singer WHERE name = 'a'")).isEqualTo(QueryHardness.EASY);
        assertThat(of("SELECT count(*) FROM singer WHERE name NOT LIKE 'a'")).isEqualTo(QueryHardness.MEDIUM);
        assertThat(of("SELECT name FROM singer WHERE name LIKE 'a'")).isEqualTo(QueryHardness.MEDIUM);
    }

    @Test
    void hardnessDoesntDependOnValuesOrNames() {
        assertThat(of("SELECT country FROM singer WHERE age > 99"))
                .isEqualTo(of("SELECT name FROM singer WHERE id > 1"));
    }

    @Test
    void labelsAreTheOfficialWords() {
        assertThat(List.of(QueryHardness.values()).stream().map(QueryHardness::label))
                .containsExactly("easy", "medium", "hard", "extra");
    }
}
