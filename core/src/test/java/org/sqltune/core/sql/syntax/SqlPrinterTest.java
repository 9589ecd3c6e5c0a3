package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlPrinterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT DISTINCT a, t.b, main.t.c, *, t.* FROM t",
                "SELECT a AS b FROM t AS u WHERE a > 1 GROUP BY a, b HAVING count(*) > 1 ORDER BY a DESC LIMIT 1 OFFSET 2",
                "SELECT a FROM t ORDER BY a NULLS FIRST, b DESC NULLS LAST",
                "SELECT a FROM t UNION ALL SELECT b FROM u INTERSECT SELECT c FROM v EXCEPT VALUES (1)",
                "VALUES (1, 'x'), (NULL, x'00')",
                "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c",
                "WITH c AS MATERIALIZED (SELECT 1), d AS NOT MATERIALIZED (SELECT 2) SELECT * FROM c CROSS JOIN d",
                "SELECT * FROM t INNER JOIN u ON t.a = u.a LEFT JOIN v USING (a, b)",
                "SELECT * FROM t NATURAL INNER JOIN u RIGHT JOIN v ON 1 FULL JOIN w ON 2",
                "SELECT * FROM t INNER JOIN (u LEFT JOIN v ON 1) ON 2",
                "SELECT * FROM (t INNER JOIN u) AS j",
                "SELECT * FROM (SELECT 1) AS s CROSS JOIN (SELECT 2)",
                "SELECT * FROM main.t AS x INDEXED BY i CROSS JOIN u NOT INDEXED",
                "SELECT * FROM json_each('[1]') AS e CROSS JOIN pragma_compile_options()",
                "SELECT ?1, :a, @b, $c",
                "SELECT count(*), count(DISTINCT a), max(a, b), f()",
                "SELECT group_concat(a, ',' ORDER BY b DESC) FILTER (WHERE c > 1)",
                "SELECT rank() OVER (PARTITION BY a ORDER BY b ROWS BETWEEN (1) PRECEDING AND CURRENT ROW EXCLUDE TIES)",
                "SELECT sum(a) OVER w, sum(b) OVER (w RANGE UNBOUNDED PRECEDING) FROM t WINDOW w AS (ORDER BY c)",
                "SELECT sum(a) OVER (GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
                "SELECT sum(a) OVER (ROWS CURRENT ROW)",
                "SELECT CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END, CASE a WHEN 1 THEN 2 END",
                "SELECT CAST(a AS INTEGER), CAST(a AS DECIMAL(10, -2)), CAST(a AS LONG VARCHAR), CAST(a AS)",
                "SELECT EXISTS (SELECT 1), (SELECT 2), (1, 2) IN (SELECT 1, 2)",
                "SELECT CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, NULL",
                "SELECT a IS NULL, a IS NOT NULL, a IS b, a IS NOT b",
                "SELECT a LIKE b ESCAPE c, a NOT LIKE b, a GLOB b, a NOT REGEXP b, a MATCH b",
                "SELECT a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2",
                "SELECT a IN (1, 2), a NOT IN (1), a IN (), a NOT IN (SELECT 1)",
                "SELECT a COLLATE nocase, - a, - - a, ~ a, NOT a",
                "SELECT a -> b ->> c || d"
            })
    void standardWritingStaysAsItIs(String sql) {
        assertThat(SqlPrinter.print(QueryParser.parse(sql))).isEqualTo(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "select  a from t ; ~ SELECT a FROM t",
                "SELECT ALL a z FROM t u ~ SELECT a AS z FROM t AS u",
                "SELECT a FROM t, u ~ SELECT a FROM t CROSS JOIN u",
                "SELECT a FROM t JOIN u ~ SELECT a FROM t INNER JOIN u",
                "SELECT a FROM t LIMIT 1, 2 ~ SELECT a FROM t LIMIT 2 OFFSET 1",
                "SELECT a FROM t ORDER BY a ASC ~ SELECT a FROM t ORDER BY a",
                "SELECT a == b, a != b ~ SELECT a = b, a <> b",
                "SELECT a ISNULL, a NOTNULL, a NOT NULL ~ SELECT a IS NULL, a IS NOT NULL, a IS NOT NULL",
                "SELECT a IS DISTINCT FROM b ~ SELECT a IS NOT b",
                "SELECT (a), ((a) + (b)) ~ SELECT a, a + b",
                "SELECT (a + b) * c, a + (b * c) ~ SELECT (a + b) * c, a + b * c",
                "SELECT a - (b - c), (a - b) - c ~ SELECT a - (b - c), a - b - c",
                "SELECT (a OR b) AND c, a OR (b AND c) ~ SELECT (a OR b) AND c, a OR b AND c",
                "SELECT NOT (a AND b), (NOT a) AND b ~ SELECT NOT (a AND b), NOT a AND b",
                "SELECT (NOT a) = b, NOT (a = b) ~ SELECT (NOT a) = b, NOT a = b",
                "SELECT (a = b) = c, a = (b = c) ~ SELECT a = b = c, a = (b = c)",
                "SELECT (a < b) IS NULL, (a IS NULL) < b ~ SELECT a < b IS NULL, (a IS NULL) < b",
                "SELECT -(a + b), (-a) + b ~ SELECT - (a + b), - a + b",
                "SELECT (a || b) COLLATE nocase ~ SELECT (a || b) COLLATE nocase",
                "SELECT a BETWEEN (b = c) AND d ~ SELECT a BETWEEN (b = c) AND d",
                "SELECT a LIKE (b LIKE c) ~ SELECT a LIKE (b LIKE c)",
                "SELECT a IN t ~ SELECT a IN (SELECT * FROM t)",
                "SELECT 'it''s' ~ SELECT 'it''s'",
                "SELECT [a b], `c`, \"d\" ~ SELECT `a b`, c, \"d\"",
                "SELECT COUNT ( * ) ~ SELECT count(*)",
                "SELECT * FROM (t) ~ SELECT * FROM t",
                "SELECT 1 AS 'x y' ~ SELECT 1 AS `x y`"
            })
    void otherWritingBecomesStandard(String sql, String printed) {
        assertThat(SqlPrinter.print(QueryParser.parse(sql))).isEqualTo(printed);
    }

    @Test
    void namesAreQuotedWhereTheGrammarWouldReadSomethingElse() {
        assertThat(SqlPrinter.name("name")).isEqualTo("name");
        assertThat(SqlPrinter.name("größe_2")).isEqualTo("größe_2");
        assertThat(SqlPrinter.name("select")).isEqualTo("`select`");
        assertThat(SqlPrinter.name("Left")).isEqualTo("`Left`");
        assertThat(SqlPrinter.name("like")).isEqualTo("`like`");
        assertThat(SqlPrinter.name("rows")).isEqualTo("`rows`");
        assertThat(SqlPrinter.name("cast")).isEqualTo("`cast`");
        assertThat(SqlPrinter.name("indexed")).isEqualTo("`indexed`");
        assertThat(SqlPrinter.name("recursive")).isEqualTo("`recursive`");
        assertThat(SqlPrinter.name("key")).isEqualTo("key");
        assertThat(SqlPrinter.name("a`b")).isEqualTo("`a``b`");
        assertThat(SqlPrinter.name("2nd")).isEqualTo("`2nd`");
        assertThat(SqlPrinter.name("")).isEqualTo("``");
    }

    @Test
    void anExpressionIsPrintedAlone() {
        Query.Select select =
                (Query.Select) QueryParser.parse("SELECT 1 WHERE a=1 OR(b=2)").body();
        assertThat(SqlPrinter.print(select.where())).isEqualTo("a = 1 OR b = 2");
    }
}
