package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of the grammar, and its near misses; SQLite itself is the judge of both. */
class GrammarTest {
    private static Sqlite sqlite;

    @BeforeAll
    static void open() throws SQLException {
        sqlite = new Sqlite(
                "CREATE TABLE t (a, b, c, x)",
                "CREATE TABLE u (a, d, y)",
                "CREATE INDEX i ON t (a)",
                "CREATE VIEW v AS SELECT a FROM t");
    }

    @AfterAll
    static void close() throws SQLException {
        sqlite.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select 1;",
                ";; SELECT 1;;",
                "SELECT ALL a FROM t",
                "SELECT DISTINCT a, b FROM t",
                "SELECT *, t.*, a AS z, b z2, c 'z3', x \"z4\" FROM t",
                "SELECT main.t.a FROM main.t",
                "SELECT t.rowid, oid, _rowid_ FROM t",
                "SELECT a FROM t WHERE a",
                "SELECT a FROM t GROUP BY a",
                "SELECT a, count(*) FROM t GROUP BY a, b HAVING count(*) > 1",
                "SELECT a FROM t ORDER BY a, b DESC, c ASC",
                "SELECT a FROM t ORDER BY a NULLS FIRST, b DESC NULLS LAST",
                "SELECT a FROM t LIMIT 1",
                "SELECT a FROM t LIMIT 1 OFFSET 2",
                "SELECT a FROM t LIMIT 2, 1",
                "SELECT a FROM t LIMIT (SELECT 1) OFFSET 1 + 1",
                "VALUES (1)",
                "VALUES (1, 'a'), (2, NULL)",
                "SELECT a FROM t UNION SELECT d FROM u",
                "SELECT a FROM t UNION ALL SELECT d FROM u INTERSECT SELECT 1 EXCEPT SELECT 2 ORDER BY 1 LIMIT 3",
                "SELECT 1 UNION VALUES (2), (3)",
                "WITH c AS (SELECT 1) SELECT * FROM c",
                "WITH c (n, m) AS (SELECT 1, 2), d AS (VALUES (1)) SELECT n FROM c, d",
                "WITH c AS MATERIALIZED (SELECT 1), d AS NOT MATERIALIZED (SELECT 2) SELECT * FROM c, d",
                "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c",
                "SELECT * FROM (WITH c AS (SELECT 1) SELECT * FROM c)",
                "SELECT (WITH c AS (SELECT 1 AS z) SELECT z FROM c)"
            })
    void queries(String sql) {
        accepted(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t, u",
                "SELECT * FROM t JOIN u",
                "SELECT * FROM t JOIN u ON t.a = u.a",
                "SELECT * FROM t, u ON t.a = u.a",
                "SELECT * FROM t INNER JOIN u USING (a)",
                "SELECT * FROM t CROSS JOIN u",
                "SELECT * FROM t NATURAL JOIN u",
                "SELECT * FROM t NATURAL LEFT JOIN u",
                "SELECT * FROM t LEFT NATURAL OUTER JOIN u",
                "SELECT * FROM t LEFT OUTER JOIN u ON t.a = u.a",
                "SELECT * FROM t OUTER LEFT JOIN u ON t.a = u.a",
                "SELECT * FROM t RIGHT JOIN u ON t.a = u.a",
                "SELECT * FROM t FULL OUTER JOIN u ON t.a = u.a",
                "SELECT * FROM t LEFT RIGHT JOIN u ON t.a = u.a",
                "SELECT * FROM t AS p JOIN t q ON p.a = q.a",
                "SELECT * FROM t AS 'p' JOIN t \"q\" ON p.a = q.a",
                "SELECT * FROM t INDEXED BY i WHERE a = 1",
                "SELECT * FROM t AS p NOT INDEXED",
                "SELECT * FROM (SELECT a FROM t)",
                "SELECT z.a FROM (SELECT a FROM t) AS z",
                "SELECT z.a FROM (SELECT a FROM t) z",
                "SELECT * FROM (t)",
                "SELECT * FROM (t JOIN u ON t.a = u.a)",
                "SELECT j.b FROM (t JOIN u ON t.a = u.a) AS j",
                "SELECT * FROM t JOIN (u JOIN t AS v ON u.a = v.a) ON t.a = v.a",
                "SELECT value FROM json_each('[1, 2]')",
                "SELECT e.value FROM json_each('[1]') AS e, t",
                "SELECT column1 FROM (VALUES (1), (2))"
            })
    void sources(String sql) {
        accepted(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1, 1.5, .5, 1., 1e3, 1E-3, 0xFF, 1_000",
                "'it''s', x'CAFE', X'00', NULL",
                "CURRENT_DATE, current_time, CURRENT_TIMESTAMP, TRUE, false",
                "?, ?2, :name, @name, $name",
                "a, t.a, \"a\", [a], `a`, 't'.'a'",
                "-a, + a, ~a, - - a, -~+a, NOT a, NOT NOT a",
                "a + b - c * x / 2 % 3",
                "a || b, a -> '$.x', a ->> 'y'",
                "a & b | c << 1 >> 2",
                "a < b, a <= b, a > b, a >= b",
                "a = b, a == b, a <> b, a != b",
                "a AND b OR c",
                "1 + NOT a = b, - NOT a, a = NOT b",
                "a IS b, a IS NOT b, a IS NULL, a IS NOT NULL",
                "a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b",
                "a ISNULL, a NOTNULL, a NOT NULL",
                "a LIKE 'x', a NOT LIKE 'x', a LIKE 'x' ESCAPE '!', a GLOB '*', a NOT GLOB '*'",
                "a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2, a BETWEEN b = c AND x",
                "a BETWEEN NOT b AND c, a BETWEEN b IS NULL AND 1 AND 2",
                "a IN (1, 2), a NOT IN (1), a IN (), a IN (SELECT d FROM u), a NOT IN (VALUES (1))",
                "a IN v, a NOT IN main.v, a IN pragma_compile_options(), a IN pragma_compile_options",
                "(a, b) = (1, 2), (a, b) IN (SELECT 1, 2), (a, b) < (SELECT 1, 2)",
                "CASE WHEN a THEN 1 END, CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END",
                "CAST(a AS INTEGER), CAST(a AS VARCHAR(10)), CAST(a AS DECIMAL(10, -2)), CAST(a AS DOUBLE PRECISION)",
                "CAST(a AS ), CAST(a AS 'type')",
                "EXISTS (SELECT 1), NOT EXISTS (SELECT 1 FROM u WHERE u.a = t.a)",
                "(SELECT 1), (SELECT d FROM u WHERE u.a = t.a LIMIT 1) + 1",
                "a COLLATE nocase, a COLLATE \"binary\" = b, a COLLATE rtrim COLLATE nocase",
                "abs(a), max(a, b), \"abs\"(a), replace(a, b, c), like(a, b), glob(a, b), if(a, b, c)"
            })
    void expressions(String list) {
        accepted("SELECT " + list + " FROM t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(*), count(), count(a), count(ALL a), count(DISTINCT a)",
                "group_concat(a, ',' ORDER BY b DESC), group_concat(DISTINCT a ORDER BY a NULLS LAST)",
                "sum(a) FILTER (WHERE a > 1)",
                "row_number() OVER ()",
                "rank() OVER (ORDER BY a)",
                "rank() OVER (PARTITION BY a, b ORDER BY c DESC)",
                "sum(a) OVER (ORDER BY a ROWS 1 PRECEDING)",
                "sum(a) OVER (ORDER BY a ROWS UNBOUNDED PRECEDING)",
                "sum(a) OVER (ORDER BY a ROWS CURRENT ROW)",
                "sum(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
                "sum(a) OVER (ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
                "sum(a) OVER (ORDER BY a GROUPS BETWEEN CURRENT ROW AND 2 FOLLOWING EXCLUDE NO OTHERS)",
                "sum(a) OVER (ORDER BY a ROWS 1 PRECEDING EXCLUDE CURRENT ROW)",
                "sum(a) OVER (ORDER BY a ROWS 1 PRECEDING EXCLUDE GROUP)",
                "sum(a) OVER (ORDER BY a ROWS 1 PRECEDING EXCLUDE TIES)",
                "sum(a) OVER (ORDER BY a ROWS BETWEEN 1 + 1 PRECEDING AND 2 PRECEDING)",
                "sum(a) FILTER (WHERE b) OVER (PARTITION BY c)"
            })
    void functions(String list) {
        accepted("SELECT " + list + " FROM t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY b)",
                "SELECT sum(a) OVER w, rank() OVER (w ORDER BY c) FROM t WINDOW w AS (PARTITION BY b), v AS (ORDER BY c)",
                "SELECT sum(a) OVER (w) FROM t WINDOW w AS (PARTITION BY b ORDER BY c) ORDER BY 1",
                "SELECT count(*) filter, sum(a) over FROM t window",
                "SELECT window.a FROM t AS window",
                "SELECT a AS left, b AS \"select\", c key, x desc FROM t replace",
                "SELECT left FROM (SELECT 1 AS left)",
                "SELECT end, rows, key FROM (SELECT 1 AS end, 2 AS rows, 3 AS key)",
                "SELECT a FROM t like",
                "SELECT a FROM t ORDER BY desc",
                "SELECT recursive FROM (SELECT 1 AS recursive)",
                "SELECT 1 materialized",
                "SELECT a -- to the end\n, b /* across\nlines */ FROM t /* never closed"
            })
    void keywordsAsNames(String sql) {
        assertThat(sqlite.parses(sql)).as(sqlite.error(sql)).isTrue();
        QueryParser.parse(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT",
                "SELECT FROM t",
                "SELECT , a FROM t",
                "SELECT a, FROM t",
                "SELECT a b c FROM t",
                "SELECT a AS FROM t",
                "SELECT DISTINCT ALL a FROM t",
                "SELECT a FROM",
                "SELECT a FROM t,",
                "SELECT a FROM t JOIN",
                "SELECT a FROM t LEFT u",
                "SELECT a FROM t JOIN u USING",
                "SELECT a FROM t JOIN u USING ()",
                "SELECT a FROM t JOIN u USING (a, )",
                "SELECT a FROM t JOIN u ON",
                "SELECT a FROM t WHERE",
                "SELECT a FROM t GROUP a",
                "SELECT a FROM t GROUP BY",
                "SELECT a FROM t HAVING",
                "SELECT a FROM t ORDER a",
                "SELECT a FROM t ORDER BY",
                "SELECT a FROM t ORDER BY a DESC ASC",
                "SELECT a FROM t ORDER BY a NULLS",
                "SELECT a FROM t ORDER BY a NULLS MIDDLE",
                "SELECT a FROM t LIMIT",
                "SELECT a FROM t LIMIT 1 OFFSET",
                "SELECT a FROM t LIMIT 1, 2, 3",
                "SELECT a FROM t LIMIT 1 WHERE b",
                "SELECT a FROM t WHERE b GROUP BY c WHERE d",
                "SELECT a FROM t UNION",
                "SELECT a FROM t UNION DISTINCT SELECT b FROM t",
                "SELECT a FROM t INTERSECT ALL SELECT b FROM t",
                "VALUES",
                "VALUES ()",
                "VALUES (1) ORDER BY 1",
                "VALUES (1) LIMIT 1",
                "SELECT 1 UNION VALUES (2) ORDER BY 1",
                "WITH SELECT 1",
                "WITH c SELECT 1",
                "WITH c AS SELECT 1",
                "WITH c AS (SELECT 1)",
                "WITH c () AS (SELECT 1) SELECT 1",
                "WITH c AS (SELECT 1), SELECT 1",
                "WITH recursive AS (SELECT 1) SELECT 1",
                "WITH c AS NOT (SELECT 1) SELECT 1",
                "SELECT (SELECT 1",
                "SELECT (1))",
                "SELECT ()",
                "SELECT * FROM (SELECT 1",
                "SELECT * FROM ()",
                "SELECT * FROM t INDEXED i",
                "SELECT * FROM t NOT i",
                "SELECT t. FROM t",
                "SELECT .a FROM t",
                "SELECT t.*.a FROM t",
                "SELECT main.t.* FROM t"
            })
    void brokenQueries(String sql) {
        refused(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 +",
                "* 2",
                "a b c d",
                "a = = b",
                "a =< b",
                "a ! b",
                "a IS",
                "a IS DISTINCT b",
                "a NOT",
                "a NOT = b",
                "NOT",
                "a BETWEEN 1",
                "a BETWEEN 1 OR 2",
                "a BETWEEN 1 AND",
                "a IN",
                "a IN 1",
                "a IN (1,)",
                "a IN (SELECT 1",
                "a LIKE",
                "a LIKE 'x' ESCAPE",
                "a ESCAPE 'x'",
                "CASE END",
                "CASE a END",
                "CASE WHEN a END",
                "CASE WHEN a THEN END",
                "CASE WHEN a THEN 1",
                "CASE WHEN a THEN 1 ELSE END",
                "CASE WHEN a THEN 1 ELSE 2 ELSE 3 END",
                "CAST(a)",
                "CAST(a AS INTEGER",
                "CAST(a AS VARCHAR())",
                "CAST(a AS VARCHAR(x))",
                "CAST(a AS VARCHAR(1, 2, 3))",
                "CAST a AS INTEGER",
                "cast",
                "EXISTS",
                "EXISTS a",
                "EXISTS (1)",
                "count(*, a)",
                "count(DISTINCT *)",
                "count(a b)",
                "count(a,)",
                "count(a",
                "count(* ORDER BY a)",
                "current_date()",
                "a COLLATE",
                "a COLLATE left",
                "sum(a) FILTER (a > 1)",
                "sum(a) FILTER (WHERE)",
                "sum(a) OVER (PARTITION a)",
                "sum(a) OVER (ORDER a)",
                "sum(a) OVER (ROWS)",
                "sum(a) OVER (ROWS UNBOUNDED FOLLOWING)",
                "sum(a) OVER (ROWS BETWEEN 1 PRECEDING)",
                "sum(a) OVER (ROWS 1)",
                "sum(a) OVER (ROWS CURRENT)",
                "sum(a) OVER (ROWS 1 PRECEDING EXCLUDE)",
                "sum(a) OVER (ROWS 1 PRECEDING EXCLUDE OTHERS)",
                "'never closed",
                "\"never closed",
                "[never closed",
                "`never closed",
                "x'0'",
                "x'0g'",
                "1a",
                "1e",
                "0x",
                "1__0",
                "1_",
                "$",
                "@",
                "a # b",
                "select",
                "table",
                "t.select"
            })
    void brokenExpressions(String expression) {
        refused("SELECT " + expression + " FROM t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "INSERT INTO t SELECT 1, 2, 3, 4",
                "UPDATE t SET a = 1",
                "CREATE TABLE z (a)",
                "PRAGMA table_info(t)",
                "EXPLAIN SELECT 1",
                "WITH c AS (SELECT 1) DELETE FROM t",
                "ATTACH 'x' AS y",
                "SELECT 1; SELECT 2",
                "",
                " ; -- nothing",
                "hello, world"
            })
    void otherStatementsAreNoQueries(String sql) {
        assertThatThrownBy(() -> QueryParser.parse(sql)).isInstanceOf(SqlSyntaxException.class);
        assertThat(ParsedSql.of(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t ORDER BY a UNION SELECT 1",
                "SELECT a FROM t LIMIT 1 UNION SELECT 1",
                "SELECT a FROM t ON a = 1",
                "SELECT a FROM t OUTER JOIN u",
                "SELECT a FROM t CROSS OUTER JOIN u",
                "SELECT a FROM t LEFT x JOIN u",
                "SELECT a FROM t NATURAL JOIN u ON 1",
                "SELECT a FROM t NATURAL JOIN u USING (a)",
                "SELECT sum(a) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM t",
                "SELECT sum(a) OVER (ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) FROM t",
                "SELECT sum(a) OVER (ROWS 1 FOLLOWING) FROM t"
            })
    void whatSqliteRefusesForItsMeaningWhileItParsesIsRefused(String sql) {
        assertThat(sqlite.error(sql)).isNotEmpty();
        assertThatThrownBy(() -> QueryParser.parse(sql)).isInstanceOf(SqlSyntaxException.class);
    }

    private static void accepted(String sql) {
        assertThat(sqlite.error(sql)).isEmpty();
        QueryParser.parse(sql);
    }

    private static void refused(String sql) {
        assertThat(sqlite.parses(sql)).isFalse();
        assertThatThrownBy(() -> QueryParser.parse(sql))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageMatching("[^\\n]+");
    }
}
