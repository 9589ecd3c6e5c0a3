package org.sqltune.evaluation.outline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class OutlineParserTest {
    private static final Schema SCHEMA = new Schema(
            "concerts",
            List.of(table("singer", "id", "name", "age"), table("concert", "id", "singer_id", "year", "title")),
            List.of());

    private static Table table(String name, String... columns) {
        return new Table(
                name,
                Stream.of(columns).map(each -> new Column(each, "text", false)).toList());
    }

    private static SqlOutline outline(String sql) {
        return OutlineParser.parse(sql, SCHEMA);
    }

    private static Set<ErrorKind> differences(String gold, String predicted) {
        return ErrorDiagnosis.differences(outline(gold), outline(predicted));
    }

    @Test
    void aliasesQualifiersCaseAndOrderMakeNoDifference() {
        assertThat(outline("SELECT T1.Name , count(*) FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id"
                        + " WHERE T2.year > 2010 AND T1.age = 20 GROUP BY T1.name ORDER BY count(*) ASC"))
                .isEqualTo(outline("select COUNT(*) as n, name from concert c inner join singer s on singer_id = s.id"
                        + " where age == 20 and c.year > 2010 group by s.name order by n"));
    }

    @Test
    void aVeryLongValueIsAValue() {
        assertThat(differences(
                        "SELECT id FROM singer WHERE name = 'x'",
                        "SELECT id FROM singer WHERE name = '" + "it''s ".repeat(100_000) + "'"))
                .containsExactly(ErrorKind.VALUE);
    }

    @Test
    void withoutASchemaTheQualifierOfASingleTableMakesNoDifference() {
        assertThat(OutlineParser.parse("SELECT s.name FROM singer s WHERE s.age > 3", null))
                .isEqualTo(OutlineParser.parse("SELECT name FROM singer WHERE age > 3", null));
    }

    @Test
    void everyClauseIsRead() {
        SqlOutline outline =
                outline("SELECT DISTINCT name, max(age) FROM singer WHERE age BETWEEN 1 AND 5 OR name = \"x y\""
                        + " AND (id IN (SELECT singer_id FROM concert WHERE year = 2014)) GROUP BY name HAVING count(*) > 2"
                        + " ORDER BY max(age) DESC LIMIT 3 UNION SELECT title, 1 FROM concert");
        assertThat(outline.distinct()).isTrue();
        assertThat(outline.select()).containsExactly("max ( singer.age )", "singer.name");
        assertThat(outline.columns()).containsExactly("singer.age", "singer.name");
        assertThat(outline.aggregates()).containsExactly("count", "max", "max");
        assertThat(outline.tables()).containsExactly("singer");
        assertThat(outline.where())
                .containsExactly(
                        "or",
                        "singer.age between 1 and 5",
                        "singer.id in ( select concert.singer_id from concert where concert.year = 2014 )",
                        "singer.name = 'x y'");
        assertThat(outline.groupBy()).containsExactly("singer.name");
        assertThat(outline.having()).containsExactly("count ( * ) > 2");
        assertThat(outline.orderBy()).containsExactly("max ( singer.age ) desc");
        assertThat(outline.limit()).isEqualTo("3");
        assertThat(outline.setOperations()).hasSize(1).first().asString().startsWith("union select 1 , concert.title");
        assertThat(outline.subqueries()).isEqualTo(1);
    }

    @Test
    void twoBetweensAreTwoConditions() {
        assertThat(outline("SELECT id FROM singer WHERE age BETWEEN 1 AND 5 AND id BETWEEN 2 AND 3")
                        .where())
                .containsExactly("singer.age between 1 and 5", "singer.id between 2 and 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT name FROM singer                             | SELECT title FROM concert                          | JOIN, WRONG_COLUMN
            SELECT name, age FROM singer                        | SELECT name FROM singer                            | MISSING_COLUMN
            SELECT name FROM singer                             | SELECT name, age FROM singer                       | EXTRA_COLUMN
            SELECT max(age) FROM singer                         | SELECT min(age) FROM singer                        | AGGREGATE
            SELECT name FROM singer WHERE age > 3               | SELECT name FROM singer WHERE age < 3              | FILTER
            SELECT name FROM singer WHERE name = 'a'            | SELECT name FROM singer WHERE name = 'b'           | VALUE
            SELECT name FROM singer WHERE age > 3               | SELECT name FROM singer WHERE age > 3.5            | VALUE
            SELECT name FROM singer ORDER BY age                | SELECT name FROM singer ORDER BY age DESC          | ORDER
            SELECT name FROM singer ORDER BY age LIMIT 1        | SELECT name FROM singer ORDER BY age LIMIT 3       | ORDER
            SELECT name FROM singer GROUP BY name               | SELECT name FROM singer                            | GROUPING
            SELECT DISTINCT name FROM singer                    | SELECT name FROM singer                            | DISTINCT
            SELECT name FROM singer UNION SELECT title FROM concert | SELECT name FROM singer                        | SET_OPERATION
            SELECT name FROM singer WHERE id NOT IN (SELECT singer_id FROM concert) | SELECT name FROM singer | NESTING, FILTER
            SELECT name FROM singer                             | SELECT s.NAME FROM singer s                        | OTHER
            """)
    void differencesAreNamed(String gold, String predicted, String kinds) {
        assertThat(differences(gold, predicted).stream().map(Enum::name)).containsExactlyInAnyOrder(kinds.split(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''
            SELECT
            )))(((
            SELECT a FROM
            FROM x WHERE
            SELECT a FROM b JOIN ON
            SELECT 'abc
            WITH t AS (SELECT 1
            """)
    void whatIsNoSqlHasAnOutlineToo(String text) {
        assertThat(outline(text).select()).isNotNull();
    }
}
