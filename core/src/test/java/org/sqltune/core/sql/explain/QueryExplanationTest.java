package org.sqltune.core.sql.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.syntax.RandomTrees;
import org.sqltune.core.sql.syntax.SqlPrinter;

class QueryExplanationTest {
    @Test
    void aTableIsNamedWithWhatIsShown() {
        assertThat(QueryExplanation.of("SELECT name, age FROM singer", null))
                .containsExactly("Shows name and age from singer.");
    }

    @Test
    void aggregatesAreSaidInWords() {
        assertThat(QueryExplanation.of(
                        "SELECT count(*), avg(age), min(age), max(age), count(DISTINCT country), sum(fee * "
                                + "2) FROM singer",
                        null))
                .containsExactly("Shows the number of rows, the average of age, the smallest age, the largest age, "
                        + "the number of different values of country and the sum of fee * 2 in singer.");
    }

    @Test
    void filtersReadAsSentences() {
        assertThat(QueryExplanation.of(
                        "SELECT name FROM t WHERE a >= 3 AND b LIKE '%x%' AND c NOT LIKE 'y%' AND d BETWEEN "
                                + "1 AND 5 AND e IS NULL AND (f = 1 OR g <> 'z') AND h IN (1, 2, 3)",
                        null))
                .containsExactly(
                        "Shows name from t.",
                        "Uses only rows where a is at least 3 and b contains 'x' and c doesn't begin with "
                                + "'y' and d is between 1 and 5 and e has no value and (f is 1 or g is not 'z') and h "
                                + "is one of 1, 2 or 3.");
    }

    @Test
    void groupsHavingOrderAndLimit() {
        assertThat(QueryExplanation.of(
                        "SELECT country, count(*) AS n FROM singer GROUP BY country HAVING count(*) > 2 "
                                + "ORDER BY n DESC, country LIMIT 3 OFFSET 1",
                        null))
                .containsExactly(
                        "Shows country and the number of rows (as n) from singer.",
                        "Makes one row for each different country.",
                        "Keeps only those where the number of rows is greater than 2.",
                        "Sorts by n (descending), then country and returns only the first 3 rows after "
                                + "skipping 1.");
    }

    @Test
    void aliasesThatTellNothingGiveWayToTables() {
        assertThat(QueryExplanation.of(
                        "SELECT T1.name FROM singer AS T1 JOIN song AS T2 ON T1.id = T2.singer_id WHERE "
                                + "T2.sales > 5",
                        null))
                .containsExactly(
                        "Shows singer.name.",
                        "Joins singer with song where singer.id equals song.singer_id.",
                        "Uses only rows where song.sales is greater than 5.");
    }

    @Test
    void twoReadingsOfOneTableKeepTheirAliases() {
        assertThat(QueryExplanation.of(
                        "SELECT count(*) FROM flights AS F JOIN airports AS A ON F.src = A.code JOIN "
                                + "airports AS B ON F.dst = B.code WHERE A.city = 'X'",
                        null))
                .containsExactly(
                        "Shows the number of rows.",
                        "Joins flights with airports (as A) where flights.src equals A.code, then with "
                                + "airports (as B) where flights.dst equals B.code.",
                        "Uses only rows where A.city is 'X'.");
    }

    @Test
    void outerJoinsSayWhichRowsStay() {
        assertThat(QueryExplanation.of(
                        "SELECT c.name, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer = c.id "
                                + "GROUP BY c.name",
                        null))
                .containsExactly(
                        "Shows customers.name and the number of values of orders.id.",
                        "Joins customers with orders where orders.customer equals customers.id (rows without "
                                + "a match in orders stay).",
                        "Makes one row for each different customers.name.");
    }

    @Test
    void joinsByUsingByNatureAndByComma() {
        assertThat(QueryExplanation.of("SELECT * FROM a JOIN b USING (x, y) NATURAL JOIN c, d", null))
                .containsExactly(
                        "Shows all columns.",
                        "Joins a with b where both have the same x and y, then with c where all columns of "
                                + "the same name are equal, then with d (every row with every row).");
    }

    @Test
    void shortQueriesStandInTheSentence() {
        assertThat(QueryExplanation.of(
                        "SELECT name FROM country WHERE area > (SELECT min(area) FROM country WHERE "
                                + "continent = 'Europe')",
                        null))
                .containsExactly(
                        "Shows name from country.",
                        "Uses only rows where area is greater than the smallest area in country where "
                                + "continent is 'Europe'.");
    }

    @Test
    void longQueriesAreExplainedBehindIt() {
        assertThat(QueryExplanation.of(
                        "SELECT a FROM t WHERE b NOT IN (SELECT b FROM u GROUP BY b HAVING count(*) > 1) AND "
                                + "c = 2",
                        null))
                .containsExactly(
                        "Shows a from t.",
                        "Uses only rows where (b is not among the rows of query A) and c is 2.",
                        "Query A:",
                        "  Shows b from u.",
                        "  Makes one row for each different b.",
                        "  Keeps only those where the number of rows is greater than 1.");
    }

    @Test
    void rowsThatExist() {
        assertThat(QueryExplanation.of(
                        "SELECT name FROM customers WHERE NOT EXISTS (SELECT 1 FROM orders WHERE "
                                + "orders.customer = customers.id)",
                        null))
                .containsExactly(
                        "Shows name from customers.",
                        "Uses only rows where there is no row in orders where customer equals customers.id.");
    }

    @Test
    void innerRowsOfTheSameTableAreToldFromOuterOnes() {
        assertThat(QueryExplanation.of(
                        "SELECT name FROM emp e WHERE pay > (SELECT avg(pay) FROM emp x WHERE x.dept = e.dept)", null))
                .containsExactly(
                        "Shows e.name from emp (as e).",
                        "Uses only rows where e.pay is greater than the average of x.pay in emp (as x) where "
                                + "x.dept equals e.dept.");
    }

    @Test
    void setsOfRows() {
        assertThat(QueryExplanation.of(
                        "SELECT name FROM stadium EXCEPT SELECT s.name FROM concert c JOIN stadium s ON "
                                + "c.stadium = s.id WHERE c.year = 2014",
                        null))
                .containsExactly(
                        "Shows the rows of the first that aren't in the second, without repeats:",
                        "  1. name in stadium",
                        "  2. Shows stadium.name.",
                        "     Joins concert with stadium where concert.stadium equals stadium.id.",
                        "     Uses only rows where concert.year is 2014.");
    }

    @Test
    void severalSetOperators() {
        assertThat(QueryExplanation.of(
                        "SELECT a FROM t UNION ALL SELECT b FROM u UNION ALL SELECT c FROM v ORDER BY 1 LIMIT 1", null))
                .containsExactly(
                        "Shows the rows of all 3 of these together:",
                        "  1. a in t",
                        "  2. b in u",
                        "  3. c in v",
                        "Sorts by column 1 of the result and returns only the first row.");
    }

    @Test
    void tablesOfWith() {
        assertThat(QueryExplanation.of(
                        "WITH big AS (SELECT id FROM shop WHERE size > 10), r(n) AS (SELECT 1 UNION ALL "
                                + "SELECT n + 1 FROM r WHERE n < 5) SELECT big.id, r.n FROM big CROSS JOIN r",
                        null))
                .containsExactly(
                        "First makes a table big:",
                        "  Shows id from shop.",
                        "  Uses only rows where size is greater than 10.",
                        "First makes a table r (n), which grows from its own rows:",
                        "  Shows the rows of both of these together:",
                        "    1. 1",
                        "    2. n + 1 in r where n is less than 5",
                        "Shows big.id and r.n.",
                        "Joins big with r (every row with every row).");
    }

    @Test
    void tablesThatAreQueries() {
        assertThat(QueryExplanation.of(
                        "SELECT q.a FROM (SELECT a, count(*) AS c FROM t GROUP BY a) AS q WHERE q.c > 3", null))
                .containsExactly(
                        "Shows a from query A (as q).",
                        "Uses only rows where c is greater than 3.",
                        "Query A:",
                        "  Shows a and the number of rows (as c) from t.",
                        "  Makes one row for each different a.");
    }

    @Test
    void differentRows() {
        assertThat(QueryExplanation.of("SELECT DISTINCT country, city FROM t", null))
                .containsExactly("Shows each different combination of country and city from t once.");
    }

    @Test
    void choicesAndFunctions() {
        assertThat(QueryExplanation.of(
                        "SELECT CASE WHEN age >= 18 THEN 'adult' ELSE 'child' END AS kind, upper(name) || "
                                + "'!', round(avg(pay), 2), strftime('%Y', born), CAST(pay AS INTEGER), julianday(born) FROM t",
                        null))
                .containsExactly("Shows ('adult' if age is at least 18, else 'child') (as kind), (name in capitals) "
                        + "followed by '!', (the average of pay) rounded to 2 decimal places, the year of "
                        + "born, pay converted to INTEGER and julianday(born) from t.");
    }

    @Test
    void windows() {
        assertThat(QueryExplanation.of(
                        "SELECT name, rank() OVER (PARTITION BY dept ORDER BY pay DESC) AS place, sum(pay) "
                                + "OVER (ORDER BY born ROWS 1 PRECEDING) FROM emp",
                        null))
                .containsExactly("Shows name, the rank within rows of the same dept in order of pay (descending) (as "
                        + "place) and `sum(pay) OVER (ORDER BY born ROWS (1) PRECEDING)` from emp.");
    }

    @Test
    void rowsWithoutATable() {
        assertThat(QueryExplanation.of("VALUES (1, 'a'), (2, NULL)", null))
                .containsExactly("Shows the given rows (1, 'a') and (2, no value).");
    }

    @Test
    void otherLanguages() {
        assertThat(QueryExplanation.of("SELECT x::int FROM t", null))
                .containsExactly("This isn't one query in SQLite's grammar, so there is no explanation of it.");
    }

    @Test
    void severalStatements() {
        assertThat(QueryExplanation.of("SELECT 1; SELECT 2", null))
                .containsExactly("This isn't one query in SQLite's grammar, so there is no explanation of it.");
    }

    @Test
    void noControlCharactersAndNoLineBreaks() {
        assertThat(QueryExplanation.of("SELECT 'a\nb\u001b[31m' FROM t", null))
                .containsExactly("Shows 'a\\nb\\u001b[31m' from t.");
    }

    @Test
    void namesInDoubleQuotesAreTextsUnlessTheSchemaHasThem() {
        Schema schema = new Schema(
                "d",
                List.of(new Table("t", List.of(new Column("a", "text", false), new Column("odd name", "text", false)))),
                List.of());
        assertThat(QueryExplanation.of("SELECT \"odd name\" FROM t WHERE a = \"USA\" AND \"odd name\" = \"a\"", schema))
                .containsExactly("Shows odd name from t.", "Uses only rows where a is 'USA' and odd name is a.");
        assertThat(QueryExplanation.of("SELECT a FROM t WHERE a = \"USA\"", null))
                .contains("Uses only rows where a is 'USA'.");
    }

    @Test
    void longListsAreCounted() {
        String numbers = "1" + ", 2".repeat(499);
        assertThat(QueryExplanation.of("SELECT a FROM t WHERE a IN (" + numbers + ")", null))
                .last()
                .asString()
                .hasSizeLessThan(100)
                .endsWith("or 490 more.");
    }

    @Test
    void longConditionsDontOverflow() {
        String sql = "SELECT a FROM t WHERE a = 1" + " AND a = 1".repeat(900) + " OR a = 2".repeat(900);
        assertThatCode(() -> QueryExplanation.of(sql, null)).doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void everyQueryIsExplainedInLinesOfText(@ForAll long seed) {
        String sql = SqlPrinter.print(new RandomTrees(new Random(seed)).query(2));
        assertThat(QueryExplanation.of(sql, null))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).isNotBlank().matches("[^\\p{Cntrl}]*"));
    }

    @Property(tries = 300)
    void anyTextGetsALine(@ForAll String text) {
        assertThat(QueryExplanation.of(text, null)).isNotEmpty();
    }
}
