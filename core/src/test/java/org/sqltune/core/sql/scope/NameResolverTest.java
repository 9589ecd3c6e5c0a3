package org.sqltune.core.sql.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.scope.NameMeaning.OfResult;
import org.sqltune.core.sql.scope.NameMeaning.OfSource;
import org.sqltune.core.sql.scope.NameMeaning.RowId;
import org.sqltune.core.sql.scope.NameMeaning.Text;
import org.sqltune.core.sql.scope.NameMeaning.Truth;
import org.sqltune.core.sql.scope.NameMeaning.Undecided;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.QueryParser;
import org.sqltune.core.sql.syntax.Trees;

class NameResolverTest {
    private static final Map<String, List<String>> TABLES =
            Map.of("t", List.of("a", "b", "c"), "u", List.of("a", "d"), "v", List.of("d", "e"));
    private static final Catalog CATALOG = name -> {
        List<String> columns = TABLES.get(name.toLowerCase());
        return columns == null ? new Catalog.Entry.Missing() : new Catalog.Entry.Known(columns);
    };

    /** What each name means, in the order of {@link Queries}: source.column, =alias, text, row id and so on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "SELECT a FROM t @ t.a",
                "SELECT A, T.B FROM t @ t.A t.B",
                "SELECT x.a FROM t AS x @ x.a",
                "SELECT t.a FROM t AS x @ missing",
                "SELECT main.t.a FROM t @ t.a",
                "SELECT temp.t.a FROM t @ missing",
                "SELECT b, d FROM t, u @ t.b u.d",
                "SELECT a FROM t, u @ ambiguous",
                "SELECT t.a, u.a FROM t, u @ t.a u.a",
                "SELECT z FROM t @ missing",
                "SELECT \"z\", \"a\" FROM t @ text t.a",
                "SELECT true, FALSE FROM t @ true false",
                "SELECT rowid, t.oid FROM t @ rowid:t rowid:t",
                "SELECT rowid FROM t, u @ ambiguous",
                "SELECT rowid FROM (SELECT 1) @ missing",
                "SELECT a AS z FROM t WHERE z GROUP BY z HAVING z ORDER BY z @ t.a =z =z =z =z",
                "SELECT b AS a FROM t WHERE a ORDER BY a @ t.b t.a =a",
                "SELECT b AS a FROM t ORDER BY a + 1 @ t.b t.a",
                "SELECT a AS z, z FROM t @ t.a missing",
                "SELECT s.z FROM (SELECT a AS z FROM t) AS s @ s.z t.a",
                "SELECT z FROM (SELECT a AS z FROM t) @ .z t.a",
                "SELECT s.a FROM (SELECT * FROM t) AS s @ s.a",
                "SELECT s.d FROM (SELECT t.* FROM t, u) AS s @ missing",
                "SELECT column2 FROM (VALUES (1, 2)) AS s @ s.column2",
                "SELECT (SELECT d WHERE a) FROM t, v @ v.d t.a",
                "SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a AND b) @ u.a t.a t.b",
                "SELECT 1 FROM t WHERE a IN (SELECT a FROM u) @ t.a u.a",
                "SELECT 1 FROM t, (SELECT b FROM u) AS s @ missing",
                "SELECT a FROM t JOIN u USING (a) @ t.a",
                "SELECT a FROM t NATURAL JOIN u @ t.a",
                "SELECT d FROM t NATURAL JOIN u NATURAL JOIN v @ u.d",
                "SELECT d FROM t NATURAL JOIN u JOIN v @ ambiguous",
                "SELECT j.b, t.b, d FROM (t JOIN u ON t.a = u.a) AS j @ t.b t.b u.d t.a u.a",
                "SELECT j.a FROM (t JOIN u ON 1) AS j @ t.a",
                "SELECT a FROM (t JOIN u ON 1) AS j @ ambiguous",
                "WITH c AS (SELECT a AS z FROM t) SELECT z, c.z FROM c @ c.z c.z t.a",
                "WITH c (y) AS (SELECT a FROM t) SELECT y FROM c AS k @ k.y t.a",
                "WITH c (n) AS (SELECT a FROM t UNION ALL SELECT n FROM c) SELECT n FROM c @ c.n t.a c.n",
                "WITH c AS (SELECT * FROM d), d AS (SELECT a FROM t) SELECT a FROM c @ c.a t.a",
                "SELECT a FROM t UNION SELECT d FROM u ORDER BY a @ t.a u.d t.a",
                "SELECT a AS z FROM t UNION SELECT d FROM u ORDER BY z @ t.a u.d =z",
                "SELECT a FROM t UNION SELECT d AS z FROM u ORDER BY z @ t.a u.d =z",
                "SELECT a FROM t UNION SELECT d FROM u ORDER BY d @ t.a u.d u.d",
                "SELECT a FROM t LIMIT a @ t.a missing",
                "SELECT sum(b) OVER (PARTITION BY c) FROM t WINDOW w AS (ORDER BY a) @ t.b t.c t.a",
                "SELECT \"a:1\" FROM (SELECT t.a, u.a FROM t, u) @ .a:1 t.a u.a",
                "SELECT \"count(*)\" FROM (SELECT count(*) FROM t) @ .count(*)"
            })
    void namesMeanWhatSqliteTakesThemFor(String sql, String meanings) {
        assertThat(String.join(" ", meanings(sql, CATALOG))).isEqualTo(meanings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "SELECT a FROM nosuch @ no such table: nosuch",
                "SELECT nosuch FROM t @ no such column: nosuch",
                "SELECT t.nosuch FROM t @ no such column: t.nosuch",
                "SELECT x.t.a FROM t @ no such column: x.t.a",
                "SELECT a FROM t, u @ ambiguous column name: a",
                "SELECT z.* FROM t @ no such table: z",
                "SELECT a FROM t JOIN u USING (b) @ cannot join using column b - column not present in both tables",
                "WITH c AS (SELECT * FROM d), d AS (SELECT * FROM c) SELECT * FROM c @ circular reference: c"
            })
    void faultsAreSaidInSqlitesWords(String sql, String message) {
        assertThat(NameResolver.resolve(QueryParser.parse(sql), CATALOG).faults())
                .extracting(NameFault::message)
                .contains(message);
    }

    @Test
    void aNamedQueryThatNobodyReadsHasNoFaults() {
        Query query = QueryParser.parse("WITH c AS (SELECT nosuch, a FROM t) SELECT 1");
        assertThat(NameResolver.resolve(query, CATALOG).faults()).isEmpty();
        assertThat(meanings("WITH c AS (SELECT nosuch, a FROM t) SELECT 1", CATALOG))
                .containsExactly("missing", "t.a");
    }

    @Test
    void withoutASchemaTheOnlySourceIsMeant() {
        assertThat(meanings("SELECT a, x.b FROM t AS x", Catalog.unknown())).containsExactly("x.a", "x.b");
        assertThat(meanings("SELECT a, t.b FROM t, u", Catalog.unknown())).containsExactly("undecided", "t.b");
        assertThat(meanings("SELECT a AS k FROM t WHERE k", Catalog.unknown())).containsExactly("t.a", "=k");
        assertThat(meanings("SELECT k FROM (SELECT a AS k FROM t), u", Catalog.unknown()))
                .containsExactly(".k", "t.a");
        assertThat(meanings("SELECT x FROM (SELECT * FROM t) AS s", Catalog.unknown()))
                .containsExactly("s.x");
        assertThat(meanings("SELECT value FROM json_each('[1]')", CATALOG)).containsExactly("json_each.value");
    }

    @Test
    void sourcesOfASelectSayWhatTheyAre() {
        Query query = QueryParser.parse("WITH c AS (SELECT a FROM t) SELECT * FROM t AS x, c, (SELECT d FROM u) AS s");
        List<QuerySource> sources = NameResolver.resolve(query, CATALOG).sources((Select) query.body());
        assertThat(sources).extracting(QuerySource::calledBy).containsExactly("x", "c", "s");
        assertThat(sources).extracting(QuerySource::table).containsExactly("t", null, null);
        assertThat(sources)
                .extracting(QuerySource::columns)
                .containsExactly(List.of("a", "b", "c"), List.of("a"), List.of("d"));
        assertThat(sources.get(0).has("B")).isTrue();
        assertThat(sources.get(0).has("d")).isFalse();
    }

    @Test
    void aNodeOfAnotherTreeHasNoMeaning() {
        Query query = QueryParser.parse("SELECT a FROM t");
        ResolvedQuery resolved = NameResolver.resolve(query, CATALOG);
        assertThat(resolved.query()).isSameAs(query);
        assertThat(resolved.meaning(new ColumnName(null, null, "a", false))).isEmpty();
        assertThat(resolved.sources(
                        (Select) QueryParser.parse("SELECT a FROM t").body()))
                .isEmpty();
    }

    @Test
    void aSchemaIsACatalogInAnyCase() {
        Schema schema =
                new Schema("db", List.of(new Table("Singer", List.of(new Column("Name", "TEXT", false)))), List.of());
        Catalog catalog = Catalog.of(schema);
        assertThat(catalog.table("SINGER")).isEqualTo(new Catalog.Entry.Known(List.of("Name")));
        assertThat(catalog.table("song")).isEqualTo(new Catalog.Entry.Missing());
        assertThat(Catalog.unknown().table("song")).isEqualTo(new Catalog.Entry.Unknown());
    }

    private static List<String> meanings(String sql, Catalog catalog) {
        Query query = QueryParser.parse(sql);
        ResolvedQuery resolved = NameResolver.resolve(query, catalog);
        return Queries.all(query).stream()
                .flatMap(each -> Queries.expressions(each).stream())
                .flatMap(expression -> Trees.find(expression, ColumnName.class::isInstance))
                .map(name -> text(resolved.meaning((ColumnName) name).orElseThrow()))
                .toList();
    }

    private static String text(NameMeaning meaning) {
        if (meaning instanceof OfSource column) {
            return column.source().calledBy() + "." + column.name();
        }
        if (meaning instanceof OfResult result) {
            return "=" + result.result().alias();
        }
        if (meaning instanceof RowId row) {
            return "rowid:" + row.source().calledBy();
        }
        if (meaning instanceof Truth truth) {
            return String.valueOf(truth.value());
        }
        if (meaning instanceof Text) {
            return "text";
        }
        if (meaning instanceof Undecided) {
            return "undecided";
        }
        return meaning instanceof NameMeaning.Ambiguous ? "ambiguous" : "missing";
    }
}
