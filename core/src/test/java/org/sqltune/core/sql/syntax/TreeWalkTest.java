package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.TableName;

/** {@link Trees} and {@link Queries}: every part of a query is reached, once, in order. */
class TreeWalkTest {
    @Test
    void everyPartOfAnExpressionIsReachedInOrder() {
        assertThat(numbers("1 + -2 * (3)")).containsExactly("1", "2", "3");
        assertThat(numbers("1 LIKE 2 ESCAPE 3")).containsExactly("1", "2", "3");
        assertThat(numbers("1 LIKE 2")).containsExactly("1", "2");
        assertThat(numbers("1 BETWEEN 2 AND 3")).containsExactly("1", "2", "3");
        assertThat(numbers("1 IN (2, 3)")).containsExactly("1", "2", "3");
        assertThat(numbers("1 IN (SELECT 2)")).containsExactly("1");
        assertThat(numbers("1 IS NULL")).containsExactly("1");
        assertThat(numbers("CASE 1 WHEN 3 THEN 4 ELSE 2 END")).containsExactly("1", "2", "3", "4");
        assertThat(numbers("CASE WHEN 1 THEN 2 END")).containsExactly("1", "2");
        assertThat(numbers("CAST(1 AS INT) COLLATE nocase")).containsExactly("1");
        assertThat(numbers("(1, 2)")).containsExactly("1", "2");
        assertThat(numbers("f(1, 2 ORDER BY 3) FILTER (WHERE 4) OVER (PARTITION BY 5 ORDER BY 6 ROWS 7 PRECEDING)"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(numbers("f() OVER (ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING)"))
                .containsExactly("1", "2");
        assertThat(numbers("(SELECT 1) + EXISTS (SELECT 2)")).isEmpty();
        assertThat(numbers("NULL || 'x' || x'00' || ?1 || current_date || a")).isEmpty();
    }

    @Test
    void aThousandAndsAreNoDeepRecursion() {
        Expression chain = where("1" + " AND 1".repeat(1000));
        assertThat(Trees.conjuncts(chain)).hasSize(1001);
        assertThat(Trees.find(chain, NumberLiteral.class::isInstance)).hasSize(1001);
    }

    @Test
    void conjunctsAreWhatStandsBetweenTheAnds() {
        assertThat(Trees.conjuncts(where("1 AND (2 AND 3) AND (4 OR 5 AND 6)")))
                .extracting(SqlPrinter::print)
                .containsExactly("1", "2", "3", "4 OR 5 AND 6");
        assertThat(Trees.conjuncts(null)).isEmpty();
    }

    @Test
    void membersComeFromLeftToRight() {
        assertThat(Queries.members(QueryParser.parse("SELECT 1 UNION VALUES (2) EXCEPT SELECT 3")
                        .body()))
                .extracting(body -> SqlPrinter.print(new Query(false, List.of(), body, List.of(), null, null)))
                .containsExactly("SELECT 1", "VALUES (2)", "SELECT 3");
    }

    @Test
    void sourcesComeFromLeftToRightOutOfTheirParentheses() {
        FromItem from = select("SELECT * FROM a JOIN (b JOIN c ON 1) ON 2, (SELECT 1) d, (e JOIN f ON 3) AS g, h(4)")
                .from();
        assertThat(Queries.sources(from))
                .extracting(item -> item instanceof TableName table ? table.name() : "query")
                .containsExactly("a", "b", "c", "query", "e", "f", "h");
        assertThat(Queries.conditions(from))
                .extracting(SqlPrinter::print)
                .containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(Queries.sources(null)).isEmpty();
        assertThat(Queries.conditions(null)).isEmpty();
    }

    @Test
    void everyClauseOfAQueryIsReached() {
        Query query = QueryParser.parse("SELECT 1, *, 2 FROM t JOIN u ON 3 WHERE 4 GROUP BY 5, 6 HAVING 7"
                + " WINDOW w AS (ORDER BY 8) UNION SELECT 9 ORDER BY 10 LIMIT 11 OFFSET 12");
        assertThat(Queries.expressions(query))
                .extracting(SqlPrinter::print)
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        assertThat(Queries.expressions(QueryParser.parse("VALUES (1, 2), (3, 4)")))
                .extracting(SqlPrinter::print)
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void allQueriesInsideAreReachedOuterBeforeInner() {
        Query query = QueryParser.parse("WITH c AS (SELECT 1) SELECT (SELECT 2), EXISTS (SELECT 3 WHERE (SELECT 4))"
                + " FROM (SELECT 5) WHERE 1 IN (SELECT 6) UNION SELECT 7 WHERE (SELECT 8) ORDER BY (SELECT 9)");
        assertThat(Queries.all(query).stream().skip(1))
                .extracting(inner -> SqlPrinter.print(inner).substring(0, 8))
                .containsExactly(
                        "SELECT 1", "SELECT 5", "SELECT 2", "SELECT 3", "SELECT 4", "SELECT 6", "SELECT 8", "SELECT 9");
        assertThat(Queries.inside(query)).hasSize(7);
    }

    @Test
    void tablesAreFoundWhereverTheyStand() {
        assertThat(Queries.tables(QueryParser.parse("WITH c AS (SELECT * FROM a) SELECT (SELECT 1 FROM b) FROM c, d"
                        + " WHERE x IN e AND EXISTS (SELECT 1 FROM (SELECT * FROM f)) UNION SELECT 1 FROM g")))
                .extracting(TableName::name)
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void namesAndLiteralsKnowTheirTokens() {
        ParsedSql parsed = ParsedSql.of(
                        "SELECT s.name, 'x' FROM singer AS s, (SELECT 1) q, main.u WHERE \"z\" = 5 AND ?1")
                .orElseThrow();
        Select select = (Select) parsed.query().body();
        List<Expression> leaves = Queries.expressions(parsed.query()).stream()
                .flatMap(each -> Trees.find(each, inner -> Trees.children(inner).isEmpty()))
                .toList();
        assertThat(leaves)
                .extracting(leaf -> parsed.token(leaf).orElseThrow().text())
                .containsExactly("name", "'x'", "\"z\"", "5", "?1");
        List<FromItem> sources = Queries.sources(select.from());
        assertThat(sources)
                .extracting(item -> parsed.token(item).orElseThrow().text())
                .containsExactly("singer", ")", "u");
        assertThat(parsed.aliasToken(sources.get(0)).orElseThrow().start()).isEqualTo(34);
        assertThat(parsed.aliasToken(sources.get(1)).orElseThrow().text()).isEqualTo("q");
        assertThat(parsed.aliasToken(sources.get(2))).isEmpty();
        assertThat(parsed.token(new ColumnName(null, "s", "name", false))).isEmpty();
        assertThat(parsed.text()).startsWith("SELECT s.name");
        assertThat(parsed.tokens()).hasSize(SqlScanner.scan(parsed.text()).size());
    }

    @Test
    void scriptsAreCutAtSemicolonsOutsideQuotes() {
        assertThat(Statements.of("; a 'x;y' b ;; -- c ; d\n e"))
                .extracting(tokens -> tokens.stream().map(SqlToken::text).toList())
                .containsExactly(List.of("a", "'x;y'", "b"), List.of("e"));
        assertThat(Statements.of(" ; ; ")).isEmpty();
        assertThat(Statements.of("a;")).hasSize(1);
    }

    @Test
    void statementsAreOfTheKindOfTheirFirstWord() {
        assertThat(StatementKind.of("; select 1")).isEqualTo(StatementKind.SELECT);
        assertThat(StatementKind.of("/* x */ With a AS (SELECT 1) SELECT 1")).isEqualTo(StatementKind.WITH);
        assertThat(StatementKind.of("values (1)")).isEqualTo(StatementKind.VALUES);
        assertThat(StatementKind.of("delete from t")).isEqualTo(StatementKind.NOT_A_QUERY);
        assertThat(StatementKind.of("'select'")).isEqualTo(StatementKind.NOT_A_QUERY);
        assertThat(StatementKind.of(" ; -- select")).isEqualTo(StatementKind.EMPTY);
        assertThat(StatementKind.values()).filteredOn(StatementKind::isQuery).hasSize(3);
    }

    private static List<String> numbers(String expression) {
        Query.Column column =
                (Query.Column) select("SELECT " + expression).results().get(0);
        return Trees.find(column.value(), NumberLiteral.class::isInstance)
                .map(number -> ((NumberLiteral) number).text())
                .toList();
    }

    private static Expression where(String condition) {
        return select("SELECT 1 WHERE " + condition).where();
    }

    private static Select select(String sql) {
        return (Select) QueryParser.parse(sql).body();
    }
}
