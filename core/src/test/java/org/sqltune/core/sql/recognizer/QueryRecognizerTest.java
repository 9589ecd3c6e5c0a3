package org.sqltune.core.sql.recognizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class QueryRecognizerTest {
    private static final QueryRecognizer.Database SHOP = new QueryRecognizer.Database(new Schema(
            "shop",
            List.of(
                    table("customers", "id", "name", "city"),
                    table("orders", "id", "customer_id", "total", "order"),
                    table("order items", "id", "price")),
            List.of()));

    private static Table table(String name, String... columns) {
        return new Table(
                name,
                List.of(columns).stream()
                        .map(column -> new Column(column, "text", false))
                        .toList());
    }

    private static boolean takes(String sql) {
        QueryRecognizer end = SHOP.begin().next(sql.getBytes(StandardCharsets.UTF_8));
        return end != null && end.mayEnd();
    }

    private static boolean goesOn(String beginning) {
        return SHOP.begin().next(beginning.getBytes(StandardCharsets.UTF_8)) != null;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select count(*) from customers;",
                "SELECT T1.name, T2.total FROM customers AS T1 JOIN orders AS T2 ON T1.id = T2.customer_id",
                "SELECT name FROM customers WHERE city = 'It''s' OR city LIKE \"%x%\"",
                "SELECT c.name FROM customers c LEFT OUTER JOIN orders o ON c.id = o.customer_id WHERE o.id IS NULL",
                "SELECT city, count(*) AS n FROM customers GROUP BY city HAVING n > 2 ORDER BY n DESC, 1 LIMIT 3 OFFSET 1",
                "SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total BETWEEN 1 AND 2.5)",
                "SELECT name FROM customers AS c WHERE NOT EXISTS (SELECT * FROM orders WHERE customer_id = c.id)",
                "SELECT \"order\" FROM orders UNION ALL SELECT price FROM [order items] ORDER BY \"order\"",
                "WITH big AS (SELECT customer_id AS who FROM orders) SELECT name FROM customers JOIN big ON who = id",
                "SELECT avg(s.total) FROM (SELECT total FROM orders WHERE total > 1) AS s",
                "SELECT name FROM (SELECT name FROM customers) WHERE name <> ''",
                "SELECT CASE WHEN total > 5 THEN 'much' ELSE 'little' END, CAST(total AS INTEGER) FROM orders",
                "SELECT rank() OVER (PARTITION BY city ORDER BY name DESC) FROM customers",
                "SELECT count(*) FILTER (WHERE total > 5), sum(DISTINCT total) FILTER (WHERE id = 1) FROM orders",
                "SELECT customer_id FROM orders GROUP BY 1 HAVING count(*) FILTER (WHERE total > 5) > 2",
                "SELECT sum(total) FILTER (WHERE id > 1) OVER (ORDER BY id ROWS 2 PRECEDING) FROM orders",
                "SELECT avg(total) OVER (ORDER BY id DESC ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM orders",
                "SELECT avg(total) OVER (PARTITION BY id GROUPS BETWEEN 1 FOLLOWING AND 3 FOLLOWING) FROM orders",
                "SELECT sum(total) OVER (RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders",
                "SELECT name\nFROM   customers\n\tWHERE city IS NOT NULL",
            })
    void queriesThatPeopleWriteAreTaken(String sql) {
        assertThat(takes(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT nam_",
                "SELECT name FROM orders WHERE",
                "SELECT T1.total FROM customers AS T1 ",
                "SELECT name, total FROM customers WHERE",
                "SELECT id FROM customers, orders",
                "SELECT name FROM customers WHERE total",
                "SELECT \"unknown\"",
                "SELECT name FROM customers WHERE count(",
                "SELECT name FROM customers WHERE id IN (SELECT id, ",
                "SELECT id FROM customers UNION SELECT id, ",
                "SELECT name FROM customers ORDER BY 2",
                "SELECT sum(max(total)",
                "SELECT abs(total, ",
                "SELECT name FROM customers GROUP BY count",
                "SELECT order ",
                "SELECT upper(DISTINCT ",
                "SELECT name FROM customers ORDER BY count(",
                "SELECT name FROM customers UPDATE",
            })
    void whatSqliteWouldRefuseIsNotBegun(String beginning) {
        assertThat(goesOn(beginning)).isFalse();
    }

    @Test
    void aSourceWithoutNamesHidesWhatIsCalledTheSameAround() {
        String around = "SELECT T2.name, (SELECT 1 FROM (SELECT count(*)) AS ";
        assertThat(goesOn(around + "T3 WHERE T2.name")).isTrue();
        assertThat(goesOn(around + "T2 WHERE T2.")).isFalse();
        assertThat(goesOn(around + "T2 WHERE \"T2\".")).isFalse();
    }

    @Test
    void aNameOfSeveralTablesIsAskedForBeforeFromAndThenKeepsTheOthersOut() {
        assertThat(goesOn("SELECT id FROM customers")).isTrue();
        assertThat(goesOn("SELECT id FROM customers JOIN orders")).isFalse();
        assertThat(takes("SELECT customers.id FROM customers JOIN orders ON orders.customer_id = customers.id"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SEL",
                "SELECT na",
                "SELECT T1.name, T2.total FR",
                "SELECT name FROM customers WHERE city = 'x",
                "SELECT (CASE WHEN (",
                "SELECT T3.",
                "WITH w",
                "SELECT [ord",
                "SELECT 1 !",
                "SELECT name || 'a' |",
                "SELECT name LIKE 'b' ESCAPE '",
                "SELECT name LIKE 'b' ESCAPE '!",
            })
    void everyBeginningCanBeEnded(String beginning) {
        QueryRecognizer at = SHOP.begin().next(beginning.getBytes(StandardCharsets.UTF_8));
        assertThat(at).as(beginning).isNotNull();
        QueryRecognizer end = at.next(at.ending());
        assertThat(end)
                .as(beginning + new String(at.ending(), StandardCharsets.UTF_8))
                .isNotNull();
        assertThat(end.mayEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT price FROM customers",
                "SELECT 1 FROM customers",
                "SELECT T1.price, T2.total FROM customers",
                "SELECT name FROM customers WHERE total = 1",
            })
    void fromDoesNotGrowWithoutEnd(String beginning) {
        String grown = beginning;
        int sources = 1;
        while (goesOn(grown + ", customers x" + sources) && sources < 50) {
            grown += ", customers x" + sources++;
            assertEnds(grown);
        }
        assertThat(sources).isLessThan(10);
    }

    @Test
    void queriesInFromReadSoFewTablesThatSqliteCanJoinAll() {
        String nested = "(SELECT a.id FROM customers a, customers b, customers c, customers d, orders e, orders f";
        assertThat(goesOn("SELECT 1 FROM " + nested + ")")).isTrue();
        assertThat(goesOn("SELECT 1 FROM " + nested + ", orders")).isFalse();
        assertThat(goesOn("WITH w AS " + nested + ", orders")).isFalse();
    }

    @Test
    void manyQueriesInFromMayLookAlike() {
        String grown = "SELECT 1 FROM (SELECT 1 FROM orders)";
        for (int i = 0; i < 9; i++) {
            grown += ", (SELECT 1 FROM orders)";
            assertEnds(grown);
        }
        assertThat(goesOn(grown + ", (")).isFalse();
    }

    @Test
    void whatFailsOnlyWhileItRunsIsNotBegun() {
        assertThat(takes("SELECT ntile(4) OVER (), nth_value(name, 2) OVER () FROM customers"))
                .isTrue();
        assertThat(goesOn("SELECT ntile(0")).isFalse();
        assertThat(goesOn("SELECT nth_value(1, 'x'")).isFalse();
        assertThat(takes("SELECT 1 WHERE 'a' LIKE 'b' ESCAPE '!' OR 1")).isFalse();
        assertThat(takes("SELECT name FROM customers WHERE name LIKE 'b' ESCAPE '!' OR 1"))
                .isTrue();
        assertThat(goesOn("SELECT name FROM customers WHERE name LIKE 'b' ESCAPE '!!"))
                .isFalse();
        assertThat(goesOn("SELECT name FROM customers WHERE name LIKE 'b' ESCAPE '!''"))
                .isFalse();
    }

    @Test
    void listsAndConditionsDoNotGrowWithoutEnd() {
        for (String[] parts : List.of(
                new String[] {"SELECT name FROM customers WHERE id = 1", " AND id = 1"},
                new String[] {"SELECT name FROM customers WHERE id IN (1", ", 1"},
                new String[] {"SELECT name FROM customers GROUP BY id", ", id"},
                new String[] {"SELECT name FROM customers ORDER BY id", ", id"},
                new String[] {"SELECT name", ", name"},
                new String[] {"SELECT CASE WHEN 1 THEN 1", " WHEN 1 THEN 1"},
                new String[] {"SELECT rank() OVER (ORDER BY id", ", id"},
                new String[] {"SELECT 1", "0"},
                new String[] {"SELECT", " "},
                new String[] {"SELECT ", "("},
                new String[] {"SELECT name AS a", "0"})) {
            String grown = parts[0];
            int times = 0;
            while (goesOn(grown + parts[1])) {
                grown += parts[1];
                assertThat(++times).as(grown).isLessThan(100);
                assertEnds(grown);
            }
            assertThat(times).as(parts[0] + parts[1]).isGreaterThan(2);
        }
    }

    private static void assertEnds(String beginning) {
        QueryRecognizer at = SHOP.begin().next(beginning.getBytes(StandardCharsets.UTF_8));
        QueryRecognizer end = at.next(at.ending());
        assertThat(end).as(beginning).isNotNull();
        assertThat(end.mayEnd()).as(beginning).isTrue();
    }

    @Test
    void namesThatMeanSomethingElsePutTheOthersAside() {
        QueryRecognizer.Database strange = new QueryRecognizer.Database(
                new Schema("strange", List.of(table("[a]", "true", "x]y"), table("b", "true", "z")), List.of()));
        assertThat(strange.begin().next("SELECT [x".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(strange.begin().next("SELECT \"x]y\" FROM \"[a]\"".getBytes(StandardCharsets.UTF_8)))
                .isNotNull();
        assertThat(strange.begin().next("SELECT z FROM b, \"[a]\" WHERE TRUE".getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void namesAreWrittenAsPeopleWriteThem() {
        for (String name : List.of("customer_id", "CUSTOMER_ID", "Customer_ID", "Customer_id", "customer_ID")) {
            assertThat(takes("SELECT " + name + " FROM Orders")).as(name).isTrue();
        }
        assertThat(goesOn("SELECT cuStomer")).isFalse();
        assertThat(goesOn("sElect")).isFalse();
        // The query's own names are remembered in small letters.
        assertThat(takes("SELECT MyName.NAME FROM customers AS myName")).isFalse();
        assertThat(takes("SELECT name AS theName FROM customers ORDER BY theNAME"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT foo FROM bar",
                "SELECT b.* , T1.\"two words\" FROM bar AS b JOIN [baz] ON b.x = baz.y WHERE b.z IN (SELECT * FROM w)",
                "SELECT * FROM a WHERE b = 'c' UNION SELECT * FROM d",
                "WITH big AS (SELECT a, b FROM c) SELECT count(DISTINCT x) FROM big, small GROUP BY y HAVING max(z) > 1",
                "SELECT x FROM a UNION SELECT y FROM b ORDER BY z",
            })
    void withoutASchemaAnyNameIsTaken(String sql) {
        QueryRecognizer start = QueryRecognizer.Database.ofAnyNames().begin();
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= bytes.length; i++) {
            QueryRecognizer at = start.next(Arrays.copyOf(bytes, i));
            assertThat(at).as(sql.substring(0, i)).isNotNull();
            QueryRecognizer end = at.next(at.ending());
            assertThat(end).as(sql.substring(0, i)).isNotNull();
            assertThat(end.mayEnd()).isTrue();
        }
        assertThat(start.next(bytes).mayEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT FROM", "SELECT a b", "SELECT a FROM b WHERE GROUP", "SELECT a FROM select", "DELETE"})
    void withoutASchemaTheGrammarStillHolds(String beginning) {
        assertThat(QueryRecognizer.Database.ofAnyNames()
                        .begin()
                        .next((beginning + " ").getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void placesAreEqualWhereTheSameMayFollow() {
        QueryRecognizer one =
                SHOP.begin().next("select name from customers where city = 'a".getBytes(StandardCharsets.UTF_8));
        QueryRecognizer other =
                SHOP.begin().next("SELECT name FROM customers WHERE city = 'bcd".getBytes(StandardCharsets.UTF_8));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT rank() FILTER",
                "SELECT lower(name) FILTER",
                "SELECT max(id, 2) FILTER",
                "SELECT count(*) FILTER (WHERE count(",
                "SELECT count(*) FILTER (WHERE id = 1) FILTER",
                "SELECT count(DISTINCT id) FILTER (WHERE id = 1) OVER",
                "SELECT sum(id) OVER (ROWS UNBOUNDED FOLLOWING",
                "SELECT sum(id) OVER (ROWS 1 FOLLOWING",
                "SELECT sum(id) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING",
                "SELECT sum(id) OVER (ROWS BETWEEN 1 FOLLOWING AND CURRENT",
                "SELECT sum(id) OVER (ROWS BETWEEN 1 PRECEDING AND UNBOUNDED PRECEDING",
                "SELECT sum(id) OVER (RANGE 1"
            })
    void filtersAndFramesThatFailDoNotGoOn(String beginning) {
        assertThat(goesOn(beginning)).isFalse();
    }
}
