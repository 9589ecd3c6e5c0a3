package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Select;

class QueryParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "1 + 2 * 3 @ 1 + (2 * 3)",
                "a = b < c @ a = (b < c)",
                "NOT a = b @ NOT (a = b)",
                "a OR b AND c @ a OR (b AND c)",
                "a || b * 2 @ (a || b) * 2",
                "-a || b @ (-a) || b",
                "a IS NOT b AND c @ (a IS NOT b) AND c",
                "a BETWEEN 1 AND 2 AND b @ (a BETWEEN 1 AND 2) AND b",
                "a == b @ a = b",
                "a IS NOT NULL @ a NOTNULL",
                "a NOT LIKE b OR c @ (a NOT LIKE b) OR c",
                "a AND b AND c @ (a AND b) AND c",
                "a OR b OR c @ (a OR b) OR c",
                "a - b - c @ (a - b) - c",
                "a - b + c @ (a - b) + c",
                "a / b * c % d @ ((a / b) * c) % d",
                "a || b || c @ (a || b) || c",
                "a -> b ->> c @ (a -> b) ->> c",
                "a << b + c @ a << (b + c)",
                "a & b | c @ (a & b) | c",
                "a < b & c @ a < (b & c)",
                "a < b <= c @ (a < b) <= c",
                "a = b <> c @ (a = b) <> c",
                "a < b = c > d @ (a < b) = (c > d)",
                "a IS b = c @ (a IS b) = c",
                "a = b IS NULL @ (a = b) IS NULL",
                "a = b NOTNULL @ (a = b) NOTNULL",
                "a < b ISNULL @ (a < b) ISNULL",
                "a + b NOT NULL @ (a + b) NOT NULL",
                "NOT a IS NULL @ NOT (a IS NULL)",
                "NOT a AND b @ (NOT a) AND b",
                "NOT a OR b @ (NOT a) OR b",
                "NOT NOT a @ NOT (NOT a)",
                "NOT a IN (1) @ NOT (a IN (1))",
                "NOT a BETWEEN 1 AND 2 AND b @ (NOT (a BETWEEN 1 AND 2)) AND b",
                "1 + NOT a = b @ 1 + (NOT (a = b))",
                "- NOT a < b @ - (NOT (a < b))",
                "a = NOT b AND c @ (a = (NOT b)) AND c",
                "a LIKE b < c @ a LIKE (b < c)",
                "a LIKE b = c @ (a LIKE b) = c",
                "a LIKE b ESCAPE c < d @ a LIKE b ESCAPE (c < d)",
                "a LIKE b ESCAPE c = d @ (a LIKE b ESCAPE c) = d",
                "a BETWEEN b AND c = d @ (a BETWEEN b AND c) = d",
                "a BETWEEN b AND c < d @ a BETWEEN b AND (c < d)",
                "a BETWEEN b = c AND d @ a BETWEEN (b = c) AND d",
                "a BETWEEN b AND c OR d @ (a BETWEEN b AND c) OR d",
                "a = b IN (1) @ (a = b) IN (1)",
                "a + b IN (1) @ (a + b) IN (1)",
                "-a + b @ (-a) + b",
                "- a * b @ (-a) * b",
                "~a & b @ (~a) & b",
                "-a COLLATE nocase @ (-a) COLLATE nocase",
                "a || b COLLATE nocase @ a || (b COLLATE nocase)",
                "a IS DISTINCT FROM b @ a IS NOT b",
                "a IS NOT DISTINCT FROM b @ a IS b",
                "a IS (NULL) @ a ISNULL",
                "a IS NOT NULL AND b @ (a NOT NULL) AND b",
                "((a)) @ a",
                "a != b @ a <> b"
            })
    void operatorsBindAsInSqlite(String bare, String bracketed) {
        assertThat(expression(bare)).isEqualTo(expression(bracketed));
    }

    @Test
    void limitWithACommaPutsTheOffsetFirst() {
        assertThat(QueryParser.parse("SELECT 1 LIMIT 2, 3;")).isEqualTo(QueryParser.parse("SELECT 1 LIMIT 3 OFFSET 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT 1 FROM",
                "SELECT 1; DROP TABLE a",
                "DELETE FROM a",
                "SELECT (1",
                "SELECT 'open",
                "SELECT a FROM b WHERE"
            })
    void whatIsNoQueryIsNamed(String sql) {
        assertThatThrownBy(() -> QueryParser.parse(sql)).isInstanceOf(SqlSyntaxException.class);
    }

    @Test
    void aHundredLevelsAreReadAndOneMoreIsNot() {
        QueryParser.parse("SELECT " + "(".repeat(90) + "1" + ")".repeat(90));
        QueryParser.parse("SELECT " + "- ".repeat(90) + "1");
        String nested = "SELECT * FROM " + "(SELECT * FROM ".repeat(40) + "t" + ")".repeat(40);
        QueryParser.parse(nested);
        assertThatThrownBy(() -> QueryParser.parse("SELECT " + "- ".repeat(101) + "1"))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining("nested more than 100 deep");
        assertThatThrownBy(() -> QueryParser.parse("SELECT * FROM " + "(".repeat(101) + "t" + ")".repeat(101)))
                .hasMessageContaining("nested more than 100 deep");
        assertThatThrownBy(() -> QueryParser.parse("WITH a AS (".repeat(101) + "SELECT 1" + ") SELECT 1".repeat(101)))
                .hasMessageContaining("nested more than 100 deep");
    }

    @Test
    void whatHasEndedNoLongerCountsAsNesting() {
        String many = "(1) + ".repeat(300) + "1";
        QueryParser.parse("SELECT " + many + ", " + "-1, ".repeat(300) + "(SELECT 1), ".repeat(300) + "NOT 1");
        QueryParser.parse("SELECT * FROM (t)" + ", (t)".repeat(150) + ", (SELECT 1)".repeat(150));
    }

    @Test
    void longChainsOfOperatorsAreReadUpToSqlitesLimit() {
        QueryParser.parse("SELECT 1" + " + 1".repeat(1000));
        assertThatThrownBy(() -> QueryParser.parse("SELECT 1" + " + 1".repeat(1001)))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining("more than 1000 operators");
        QueryParser.parse("SELECT 1" + " UNION SELECT 1".repeat(499));
        assertThatThrownBy(() -> QueryParser.parse("SELECT 1" + " UNION SELECT 1".repeat(500)))
                .hasMessageContaining("more than 500 queries");
    }

    @Test
    void aFaultSaysWhatWasExpectedAndWhatStandsThere() {
        assertThatThrownBy(() -> QueryParser.parse("SELECT a FROM t WHERE a IN 5"))
                .hasMessage("expected a name at 5");
        assertThatThrownBy(() -> QueryParser.parse("SELECT CASE WHEN a THEN 1")).hasMessage("expected end at the end");
        assertThatThrownBy(() -> QueryParser.parse("SELECT (1")).hasMessage("expected ) at the end");
        assertThatThrownBy(() -> QueryParser.parse("SELECT a b c")).hasMessage("expected the end at c");
        assertThatThrownBy(() -> QueryParser.parse("DROP TABLE t")).hasMessage("expected select at DROP");
        assertThatThrownBy(() -> QueryParser.parse("SELECT")).hasMessage("expected an expression at the end");
        assertThatThrownBy(() -> QueryParser.parse("SELECT a FROM t LEFT LEFT JOIN u"))
                .hasMessage("expected no word twice before JOIN at JOIN");
        assertThatThrownBy(() -> QueryParser.parse("SELECT a FROM t INNER OUTER JOIN u"))
                .hasMessage("unknown kind of join at JOIN");
        assertThatThrownBy(() -> QueryParser.parse("SELECT CAST(a AS INT(x)) FROM t"))
                .hasMessage("expected a number at x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "t JOIN u ~ INNER",
                "t INNER JOIN u ~ INNER",
                "t, u ~ CROSS",
                "t CROSS JOIN u ~ CROSS",
                "t CROSS INNER JOIN u ~ CROSS",
                "t LEFT JOIN u ~ LEFT",
                "t OUTER LEFT JOIN u ~ LEFT",
                "t RIGHT OUTER JOIN u ~ RIGHT",
                "t FULL JOIN u ~ FULL",
                "t LEFT RIGHT JOIN u ~ FULL",
                "t FULL LEFT JOIN u ~ FULL",
                "t RIGHT FULL JOIN u ~ FULL",
                "t NATURAL JOIN u ~ INNER",
                "t NATURAL LEFT JOIN u ~ LEFT"
            })
    void joinsAreOfAKind(String from, String kind) {
        Select select = (Select) QueryParser.parse("SELECT * FROM " + from).body();
        Query.Join join = (Query.Join) select.from();
        assertThat(join.kind()).isEqualTo(kind);
        assertThat(join.natural()).isEqualTo(from.contains("NATURAL"));
    }

    @Test
    void setOperatorsGroupLeftwards() {
        Query.Compound outer = (Query.Compound)
                QueryParser.parse("SELECT 1 UNION SELECT 2 EXCEPT SELECT 3").body();
        assertThat(outer.operator()).isEqualTo("EXCEPT");
        assertThat(((Query.Compound) outer.left()).operator()).isEqualTo("UNION");
    }

    @Test
    void aColumnKnowsItsOwnTextAndItsQuotes() {
        Select select = (Select) QueryParser.parse("SELECT  max( a ) , \"b\", [c] z, main.t.d FROM t")
                .body();
        Column first = (Column) select.results().get(0);
        assertThat(first.text()).isEqualTo("max( a )");
        assertThat(first.alias()).isNull();
        assertThat(((Column) select.results().get(1)).value())
                .isEqualTo(new Expression.ColumnName(null, null, "b", true));
        assertThat(((Column) select.results().get(2)).value())
                .isEqualTo(new Expression.ColumnName(null, null, "c", false));
        assertThat(((Column) select.results().get(2)).alias()).isEqualTo("z");
        assertThat(((Column) select.results().get(3)).value())
                .isEqualTo(new Expression.ColumnName("main", "t", "d", false));
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        String sql = "SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
        assertThatThrownBy(() -> QueryParser.parse(sql))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> QueryParser.parse("SELECT " + "NOT ".repeat(100_000) + "1"))
                .isInstanceOf(SqlSyntaxException.class);
    }

    private static Expression expression(String sql) {
        Select select = (Select) QueryParser.parse("SELECT " + sql).body();
        return ((Column) select.results().get(0)).value();
    }
}
