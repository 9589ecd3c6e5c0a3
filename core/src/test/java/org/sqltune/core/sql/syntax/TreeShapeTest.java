package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.BlobLiteral;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.CurrentTime;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullLiteral;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.Parameter;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.core.sql.syntax.Expression.When;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.Query.Values;
import org.sqltune.core.sql.syntax.Window.Bound;
import org.sqltune.core.sql.syntax.Window.Frame;

/** Which tree each form becomes, component by component. */
class TreeShapeTest {
    private static final Expression A = column("a");
    private static final Expression B = column("b");
    private static final Expression ONE = new NumberLiteral("1");
    private static final Expression TWO = new NumberLiteral("2");

    @Test
    void leaves() {
        assertThat(expression("1.5")).isEqualTo(new NumberLiteral("1.5"));
        assertThat(expression("'it''s'")).isEqualTo(new TextLiteral("it's"));
        assertThat(expression("X'CaFe'")).isEqualTo(new BlobLiteral("CaFe"));
        assertThat(expression("null")).isEqualTo(new NullLiteral());
        assertThat(expression("current_timestamp")).isEqualTo(new CurrentTime("CURRENT_TIMESTAMP"));
        assertThat(expression("current_time")).isEqualTo(new CurrentTime("CURRENT_TIME"));
        assertThat(expression("current_date")).isEqualTo(new CurrentTime("CURRENT_DATE"));
        assertThat(expression(":Name")).isEqualTo(new Parameter(":Name"));
        assertThat(expression("\"a\"")).isEqualTo(new ColumnName(null, null, "a", true));
        assertThat(expression("[t].\"a\"")).isEqualTo(new ColumnName(null, "t", "a", false));
        assertThat(expression("m.t.`a b`")).isEqualTo(new ColumnName("m", "t", "a b", false));
        assertThat(expression("'t'.a")).isEqualTo(new ColumnName(null, "t", "a", false));
    }

    @Test
    void operators() {
        assertThat(expression("- a")).isEqualTo(new Unary("-", A));
        assertThat(expression("not a")).isEqualTo(new Unary("NOT", A));
        assertThat(expression("a and b")).isEqualTo(new Binary("AND", A, B));
        assertThat(expression("a or b")).isEqualTo(new Binary("OR", A, B));
        assertThat(expression("a is b")).isEqualTo(new Binary("IS", A, B));
        assertThat(expression("a is not b")).isEqualTo(new Binary("IS NOT", A, B));
        for (String symbol : List.of(
                "=", "<>", "<", "<=", ">", ">=", "<<", ">>", "&", "|", "+", "-", "*", "/", "%", "||", "->", "->>")) {
            assertThat(expression("a" + symbol + "b")).isEqualTo(new Binary(symbol, A, B));
        }
        assertThat(expression("a collate NoCase")).isEqualTo(new Collate(A, "NoCase"));
    }

    @Test
    void tests() {
        assertThat(expression("a is null")).isEqualTo(new NullTest(false, A));
        assertThat(expression("a is not null")).isEqualTo(new NullTest(true, A));
        assertThat(expression("a like b")).isEqualTo(new Like("LIKE", false, A, B, null));
        assertThat(expression("a not glob b escape 1")).isEqualTo(new Like("GLOB", true, A, B, ONE));
        assertThat(expression("a between 1 and 2")).isEqualTo(new Between(false, A, ONE, TWO));
        assertThat(expression("a not between 1 and 2")).isEqualTo(new Between(true, A, ONE, TWO));
        assertThat(expression("a in (1, 2)")).isEqualTo(new InList(false, A, List.of(ONE, TWO)));
        assertThat(expression("a not in ()")).isEqualTo(new InList(true, A, List.of()));
        assertThat(expression("a in (values (1))")).isEqualTo(new InQuery(false, A, query("VALUES (1)")));
        assertThat(expression("a not in m.t")).isEqualTo(new InQuery(true, A, query("SELECT * FROM m.t")));
        assertThat(expression("exists (select 1)")).isEqualTo(new Exists(query("SELECT 1")));
        assertThat(expression("(select 1)")).isEqualTo(new Subquery(query("SELECT 1")));
        assertThat(expression("(a, b)")).isEqualTo(new RowValue(List.of(A, B)));
    }

    @Test
    void casesAndCasts() {
        assertThat(expression("case when a then 1 end")).isEqualTo(new Case(null, List.of(new When(A, ONE)), null));
        assertThat(expression("case a when 1 then 2 when 2 then 1 else b end"))
                .isEqualTo(new Case(A, List.of(new When(ONE, TWO), new When(TWO, ONE)), B));
        assertThat(expression("cast(a as int)")).isEqualTo(new Cast(A, "int", List.of()));
        assertThat(expression("cast(a as long varchar(10, -2))"))
                .isEqualTo(new Cast(A, "long varchar", List.of("10", "-2")));
        assertThat(expression("cast(a as x(+1))")).isEqualTo(new Cast(A, "x", List.of("1")));
        assertThat(expression("cast(a as )")).isEqualTo(new Cast(A, "", List.of()));
    }

    @Test
    void calls() {
        assertThat(expression("COUNT(*)")).isEqualTo(call("count", false, true, List.of()));
        assertThat(expression("f()")).isEqualTo(call("f", false, false, List.of()));
        assertThat(expression("\"F\"(a, 1)")).isEqualTo(call("f", false, false, List.of(A, ONE)));
        assertThat(expression("count(all a)")).isEqualTo(call("count", false, false, List.of(A)));
        assertThat(expression("count(distinct a)")).isEqualTo(call("count", true, false, List.of(A)));
        assertThat(expression("f(a order by b desc) filter (where 1)"))
                .isEqualTo(new Call("f", false, false, List.of(A), List.of(new OrderTerm(B, true, null)), ONE, null));
    }

    @Test
    void windows() {
        assertThat(window("over w")).isEqualTo(new Window("w", true, List.of(), List.of(), null));
        assertThat(window("over (w)")).isEqualTo(new Window("w", false, List.of(), List.of(), null));
        assertThat(window("over ()")).isEqualTo(new Window(null, false, List.of(), List.of(), null));
        assertThat(window("over (partition by a, b order by 1 nulls last)"))
                .isEqualTo(new Window(null, false, List.of(A, B), List.of(new OrderTerm(ONE, false, false)), null));
        assertThat(window("over (w order by a desc nulls first rows 1 preceding)")
                        .frame())
                .isEqualTo(new Frame("ROWS", new Bound(ONE, "PRECEDING"), null, null));
        assertThat(window("over (range unbounded preceding exclude no others)").frame())
                .isEqualTo(new Frame("RANGE", new Bound(null, "PRECEDING"), null, "NO OTHERS"));
        assertThat(window("over (groups between current row and unbounded following exclude current row)")
                        .frame())
                .isEqualTo(new Frame(
                        "GROUPS", new Bound(null, "CURRENT ROW"), new Bound(null, "FOLLOWING"), "CURRENT ROW"));
        assertThat(window("over (rows between 1 following and 2 following exclude group)")
                        .frame())
                .isEqualTo(new Frame("ROWS", new Bound(ONE, "FOLLOWING"), new Bound(TWO, "FOLLOWING"), "GROUP"));
        assertThat(window("over (rows between 2 preceding and 1 preceding exclude ties)")
                        .frame())
                .isEqualTo(new Frame("ROWS", new Bound(TWO, "PRECEDING"), new Bound(ONE, "PRECEDING"), "TIES"));
        assertThat(window("over (rows current row)").frame())
                .isEqualTo(new Frame("ROWS", new Bound(null, "CURRENT ROW"), null, null));
    }

    @Test
    void clauses() {
        Query query = query("SELECT DISTINCT a, t.*, * FROM t WHERE 1 GROUP BY a, b HAVING 2"
                + " WINDOW w AS (ORDER BY a) ORDER BY a DESC NULLS FIRST, b LIMIT 1 OFFSET 2");
        assertThat(query.body())
                .isEqualTo(new Select(
                        true,
                        List.of(new Column(A, null, "a"), new Star("t"), new Star(null)),
                        table("t"),
                        ONE,
                        List.of(A, B),
                        TWO,
                        List.of(new Query.NamedWindow(
                                "w",
                                new Window(null, false, List.of(), List.of(new OrderTerm(A, false, null)), null)))));
        assertThat(query.orderBy()).containsExactly(new OrderTerm(A, true, true), new OrderTerm(B, false, null));
        assertThat(query.limit()).isEqualTo(ONE);
        assertThat(query.offset()).isEqualTo(TWO);
        assertThat(query.recursive()).isFalse();
    }

    @Test
    void sets() {
        assertThat(query("VALUES (1, 2), (a)").body()).isEqualTo(new Values(List.of(List.of(ONE, TWO), List.of(A))));
        assertThat(query("VALUES (1) UNION ALL VALUES (2)").body())
                .isEqualTo(new Compound(
                        "UNION ALL", new Values(List.of(List.of(ONE))), new Values(List.of(List.of(TWO)))));
        assertThat(query("VALUES (1) INTERSECT VALUES (2)").body())
                .isEqualTo(new Compound(
                        "INTERSECT", new Values(List.of(List.of(ONE))), new Values(List.of(List.of(TWO)))));
    }

    @Test
    void namedQueries() {
        Query inner = query("SELECT 1");
        assertThat(query(
                                "WITH a AS (SELECT 1), b (x, y) AS MATERIALIZED (SELECT 1), c AS NOT MATERIALIZED (SELECT 1) SELECT 2")
                        .tables())
                .containsExactly(
                        new NamedQuery("a", List.of(), null, inner),
                        new NamedQuery("b", List.of("x", "y"), true, inner),
                        new NamedQuery("c", List.of(), false, inner));
        assertThat(query("WITH RECURSIVE a AS (SELECT 1) SELECT 2").recursive()).isTrue();
    }

    @Test
    void from() {
        assertThat(from("t")).isEqualTo(table("t"));
        assertThat(from("m.t AS x INDEXED BY i")).isEqualTo(new TableName("m", "t", "x", null, "i"));
        assertThat(from("t NOT INDEXED")).isEqualTo(new TableName(null, "t", null, null, ""));
        assertThat(from("f(1, 2) x")).isEqualTo(new TableName(null, "f", "x", List.of(ONE, TWO), null));
        assertThat(from("f()")).isEqualTo(new TableName(null, "f", null, List.of(), null));
        assertThat(from("(SELECT 1) AS x")).isEqualTo(new SubqueryTable(query("SELECT 1"), "x"));
        assertThat(from("(SELECT 1)")).isEqualTo(new SubqueryTable(query("SELECT 1"), null));
        assertThat(from("(t) x")).isEqualTo(new JoinedTables(table("t"), "x"));
        assertThat(from("t LEFT JOIN u ON 1"))
                .isEqualTo(new Join(table("t"), table("u"), "LEFT", false, ONE, List.of()));
        assertThat(from("t NATURAL JOIN u"))
                .isEqualTo(new Join(table("t"), table("u"), "INNER", true, null, List.of()));
        Join first = new Join(table("t"), table("u"), "INNER", false, null, List.of("a", "b"));
        assertThat(from("t JOIN u USING (a, b), v"))
                .isEqualTo(new Join(first, table("v"), "CROSS", false, null, List.of()));
        assertThat(from("v, (t JOIN u USING (a, b))"))
                .isEqualTo(new Join(table("v"), first, "CROSS", false, null, List.of()));
        assertThat(table("t").calledBy()).isEqualTo("t");
        assertThat(new TableName(null, "t", "x", null, null).calledBy()).isEqualTo("x");
    }

    private static ColumnName column(String name) {
        return new ColumnName(null, null, name, false);
    }

    private static TableName table(String name) {
        return new TableName(null, name, null, null, null);
    }

    private static Call call(String name, boolean distinct, boolean star, List<Expression> arguments) {
        return new Call(name, distinct, star, arguments, List.of(), null, null);
    }

    private static Query query(String sql) {
        return QueryParser.parse(sql);
    }

    private static Query.FromItem from(String sql) {
        return ((Select) query("SELECT 1 FROM " + sql).body()).from();
    }

    private static Expression expression(String sql) {
        return ((Column) ((Select) query("SELECT " + sql).body()).results().get(0)).value();
    }

    private static Window window(String over) {
        return ((Call) expression("f() " + over)).window();
    }
}
