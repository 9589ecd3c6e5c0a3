package org.sqltune.core.sql.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.StatementKind;

class QueryFactsTest {
    /** Behind each query a colon makes it broken: then its tokens say the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT a FROM t | SIMPLE",
                "SELECT a FROM t ORDER BY a LIMIT 3 | SIMPLE",
                "SELECT a FROM t WHERE b = 1 | FILTER",
                "SELECT count(*) FROM t WHERE b = 1 | AGGREGATION",
                "SELECT upper(a) FROM t | SIMPLE",
                "SELECT max(a) FROM t | AGGREGATION",
                "SELECT max(a, b) FROM t | SIMPLE",
                "SELECT max(abs(a)) FROM t | AGGREGATION",
                "SELECT min(f(a, b)) FROM t | AGGREGATION",
                "SELECT a FROM t GROUP BY a | AGGREGATION",
                "SELECT a FROM t ORDER BY count(*) | AGGREGATION",
                "SELECT 1 + sum(a) FROM t | AGGREGATION",
                "SELECT group_concat(a) FROM t | AGGREGATION",
                "SELECT json_group_array(a) FROM t | AGGREGATION",
                "SELECT sum(a) OVER (ORDER BY b) FROM t | AGGREGATION",
                "SELECT a FROM t GROUP BY a HAVING max(b) > 1 | AGGREGATION",
                "SELECT t.a FROM t JOIN u ON t.a = u.a | JOIN",
                "SELECT t.a FROM t, u | JOIN",
                "SELECT count(*) FROM t JOIN u ON t.a = u.a WHERE t.b = 1 GROUP BY t.c | JOIN",
                "SELECT a FROM t WHERE b IN (SELECT c FROM u) | NESTED",
                "SELECT a FROM (SELECT b FROM t) | NESTED",
                "SELECT a FROM t UNION SELECT b FROM u | NESTED",
                "SELECT a FROM t EXCEPT SELECT b FROM u | NESTED",
                "WITH c AS (SELECT 1) SELECT * FROM c | NESTED",
                "SELECT a, b FROM t WHERE f(c, d) | FILTER",
                "SELECT 'where', 'join' FROM t | SIMPLE"
            })
    void theCategoryIsTheLastKindThatFitsForTreesAndTokensAlike(String sql, QueryCategory category) {
        assertThat(QueryFacts.of(sql).category()).isEqualTo(category);
        assertThat(QueryFacts.of(sql).parsed()).isTrue();
        assertThat(QueryFacts.categoryOf(sql)).isEqualTo(category);
        assertThat(QueryFacts.categoryOf(sql + " ]")).isEqualTo(category);
        QueryFacts broken = QueryFacts.of(sql + " ]");
        assertThat(broken.parsed()).isFalse();
        assertThat(broken.category()).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a FROM t ORDER BY a | true",
                "SELECT a FROM t | false",
                "SELECT a FROM (SELECT b FROM t ORDER BY b) | false",
                "SELECT rank() OVER (ORDER BY a) FROM t | false",
                "SELECT a FROM t UNION SELECT b FROM u ORDER BY 1 | true",
                "SELECT f(a) FROM t ORDER BY (a) | true"
            })
    void onlyTheOutermostOrderPrescribesOne(String sql, boolean ordered) {
        assertThat(QueryFacts.of(sql).ordered()).isEqualTo(ordered);
        assertThat(QueryFacts.of(sql + " ]").ordered()).isEqualTo(ordered);
        assertThat(QueryFacts.isOrdered(sql)).isEqualTo(ordered);
        assertThat(QueryFacts.isOrdered(sql + " ]")).isEqualTo(ordered);
    }

    @Test
    void namesAreTheTablesAndColumnsThatAreRead() {
        QueryFacts facts = QueryFacts.of(
                "WITH c AS (SELECT Name AS n FROM Singer) SELECT n, s.Age AS k, \"text\" FROM c, Song s"
                        + " WHERE s.Year = 2014 AND s.title = 'It''s' AND k < 1.5 AND true ORDER BY k",
                name -> switch (name) {
                    case "Singer" -> new Catalog.Entry.Known(List.of("Name"));
                    case "Song" -> new Catalog.Entry.Known(List.of("Age", "Year", "Title"));
                    default -> new Catalog.Entry.Missing();
                });
        assertThat(facts.kind()).isEqualTo(StatementKind.WITH);
        assertThat(facts.tables()).containsExactlyInAnyOrder("singer", "song");
        assertThat(facts.columns()).containsExactlyInAnyOrder("n", "age", "year", "title", "name");
        assertThat(facts.literals()).extracting(SqlToken::text).containsExactly("\"text\"", "2014", "'It''s'", "1.5");
    }

    @Test
    void aBrokenTextHasWhatItsTokensSay() {
        QueryFacts facts = QueryFacts.of("SELECT a FROM t WHERE b = 'x' AND c = 3 AND (x'00'");
        assertThat(facts.kind()).isEqualTo(StatementKind.SELECT);
        assertThat(facts.hardness()).isEqualTo(QueryHardness.MEDIUM);
        assertThat(facts.tables()).isEmpty();
        assertThat(facts.columns()).isEmpty();
        assertThat(facts.literals()).extracting(SqlToken::text).containsExactly("'x'", "3", "x'00'");
    }

    @Test
    void anEmptyTextIsNothing() {
        QueryFacts facts = QueryFacts.of("");
        assertThat(facts.kind()).isEqualTo(StatementKind.EMPTY);
        assertThat(facts.category()).isEqualTo(QueryCategory.SIMPLE);
        assertThat(facts.hardness()).isEqualTo(QueryHardness.EASY);
        assertThat(facts.ordered()).isFalse();
    }

    @Test
    void valuesAreSimpleAndEasy() {
        QueryFacts facts = QueryFacts.of("VALUES (1), (2)");
        assertThat(facts.kind()).isEqualTo(StatementKind.VALUES);
        assertThat(facts.category()).isEqualTo(QueryCategory.SIMPLE);
        assertThat(facts.hardness()).isEqualTo(QueryHardness.EASY);
    }

    /** PostgreSQL's and MySQL's own grammar has no tree here: the tokens have to do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT a::int FROM t | SIMPLE",
                "SELECT a::int FROM t WHERE b ILIKE 'x, y' | FILTER",
                "SELECT string_agg(a, ',')::text FROM t | AGGREGATION",
                "SELECT greatest(max(a, b), 1)::int FROM t | SIMPLE",
                "SELECT max((a, b))::int FROM t | AGGREGATION",
                "SELECT max(f(a, b))::int FROM t | AGGREGATION",
                "SELECT a::int, b FROM t ORDER BY a, b | SIMPLE",
                "SELECT a::int FROM t GROUP BY a, b | AGGREGATION",
                "SELECT a::int FROM f(1, 2) | SIMPLE",
                "SELECT a::int FROM t, u | JOIN",
                "SELECT a::int FROM (t), u | JOIN",
                "SELECT extract(year FROM d), b::int FROM t | SIMPLE",
                "SELECT a::int FROM t LATERAL JOIN u | JOIN",
                "SELECT a::int FROM t WHERE b = ANY (SELECT c FROM u) | NESTED",
                "SELECT a::int FROM t INTERSECT TABLE u | NESTED"
            })
    void anotherDialectHasItsCategoryByItsTokens(String sql, QueryCategory category) {
        QueryFacts facts = QueryFacts.of(sql);
        assertThat(facts.parsed()).isFalse();
        assertThat(facts.category()).isEqualTo(category);
        assertThat(QueryFacts.categoryOf(sql)).isEqualTo(category);
    }

    @Test
    void aTableReadByAnInnerQueryOrAViewCountsOnceAndOneThatWithDefinesNot() {
        QueryFacts facts = QueryFacts.of("WITH a AS (SELECT x FROM T) SELECT * FROM a, t AS z, (SELECT y FROM main.U)"
                + " WHERE EXISTS (SELECT 1 FROM u) AND z.q IN v");
        assertThat(facts.tables()).containsExactlyInAnyOrder("t", "u", "v");
        assertThat(facts.columns()).contains("x", "y", "q").doesNotContain("z", "a");
    }

    @Test
    void literalsComeInTheOrderOfTheText() {
        assertThat(QueryFacts.of("SELECT 1 FROM t WHERE a IN (2, (SELECT 3 WHERE 'x' < 4)) ORDER BY 5 LIMIT 6")
                        .literals())
                .extracting(SqlToken::text)
                .containsExactly("1", "2", "3", "'x'", "4", "5", "6");
    }
}
