package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
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
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.core.sql.syntax.Query.NamedWindow;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.Query.Values;
import org.sqltune.core.sql.syntax.Window.Bound;
import org.sqltune.core.sql.syntax.Window.Frame;

/** Trees that the grammar allows, with awkward names and values. */
public final class RandomTrees {
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "t1",
            "Größe",
            "select",
            "left",
            "rows",
            "key",
            "a b",
            "c`d",
            "e\"f",
            "like",
            "end",
            "2nd",
            "cast",
            "over",
            "filter",
            "window",
            "current_date",
            "true",
            "union",
            "indexed",
            "recursive");
    private static final List<String> OPERATORS = List.of(
            "OR", "AND", "=", "<>", "<", "<=", ">", ">=", "&", "|", "<<", ">>", "+", "-", "*", "/", "%", "||", "->",
            "->>", "IS", "IS NOT");

    private final Random random;

    public RandomTrees(Random random) {
        this.random = random;
    }

    public Query query(int depth) {
        List<NamedQuery> named = depth > 0 && chance(4)
                ? some(() ->
                        new NamedQuery(name(), chance(2) ? names() : List.of(), maybe(chance(2)), query(depth - 1)))
                : List.of();
        Body body = body(depth);
        Body last = body instanceof Compound compound ? compound.right() : body;
        boolean values = last instanceof Values;
        boolean limited = !values && chance(3);
        return new Query(
                !named.isEmpty() && chance(2),
                named,
                body,
                values || chance(2) ? List.of() : terms(depth),
                limited ? expression(depth - 1) : null,
                limited && chance(2) ? expression(depth - 1) : null);
    }

    private Body body(int depth) {
        Body body = member(depth);
        for (int i = random.nextInt(3); depth > 0 && i > 1; i--) {
            body = new Compound(pick(List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT")), body, member(depth - 1));
        }
        return body;
    }

    private Body member(int depth) {
        if (chance(8)) {
            return new Values(List.of(List.of(expression(depth - 1)), List.of(expression(depth - 1))));
        }
        return new Select(
                chance(4),
                some(() -> result(depth)),
                chance(5) ? null : from(depth),
                chance(2) ? null : expression(depth),
                chance(3) ? some(() -> expression(depth - 1)) : List.of(),
                chance(4) ? expression(depth - 1) : null,
                chance(6) ? some(() -> new NamedWindow(name(), window(depth - 1, false))) : List.of());
    }

    private Result result(int depth) {
        if (chance(6)) {
            return new Star(chance(2) ? null : name());
        }
        return new Column(expression(depth), chance(2) ? null : name(), "");
    }

    private FromItem from(int depth) {
        FromItem item = source(depth);
        for (int i = random.nextInt(3); i > 0; i--) {
            boolean natural = chance(5);
            int condition = natural ? 2 : random.nextInt(3);
            FromItem right = depth > 0 && chance(5) ? from(depth - 1) : source(depth);
            item = new Join(
                    item,
                    right,
                    pick(List.of("INNER", "LEFT", "RIGHT", "FULL", "CROSS")),
                    natural,
                    condition == 0 ? expression(depth - 1) : null,
                    condition == 1 ? names() : List.of());
        }
        return item;
    }

    private FromItem source(int depth) {
        if (depth > 0 && chance(5)) {
            return new SubqueryTable(query(depth - 1), chance(2) ? null : name());
        }
        if (depth > 0 && chance(8)) {
            return new JoinedTables(from(depth - 1), name());
        }
        String schema = chance(6) ? name() : null;
        String alias = chance(2) ? null : name();
        if (chance(8)) {
            return new TableName(
                    schema, name(), alias, chance(2) ? List.of() : some(() -> expression(depth - 1)), null);
        }
        return new TableName(schema, name(), alias, null, chance(8) ? "" : chance(8) ? name() : null);
    }

    Expression expression(int depth) {
        if (depth <= 0) {
            return leaf();
        }
        Supplier<Expression> inner = () -> expression(depth - 1);
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> binary(inner);
            case 3 -> new Unary(pick(List.of("-", "+", "~", "NOT")), inner.get());
            case 4 ->
                new Like(
                        pick(List.of("LIKE", "GLOB", "REGEXP", "MATCH")),
                        chance(2),
                        inner.get(),
                        inner.get(),
                        chance(3) ? inner.get() : null);
            case 5 -> new Between(chance(2), inner.get(), inner.get(), inner.get());
            case 6 -> new InList(chance(2), inner.get(), chance(4) ? List.of() : some(inner));
            case 7 -> new InQuery(chance(2), inner.get(), query(depth - 2));
            case 8 -> new NullTest(chance(2), inner.get());
            case 9 ->
                new Case(
                        chance(2) ? null : inner.get(),
                        some(() -> new When(inner.get(), inner.get())),
                        chance(2) ? null : inner.get());
            case 10 -> new Cast(inner.get(), pick(List.of("INTEGER", "LONG TEXT", "")), List.of());
            case 11 -> call(depth, inner);
            case 12 -> chance(2) ? new Exists(query(depth - 2)) : new Subquery(query(depth - 2));
            default -> chance(2) ? new Collate(inner.get(), "nocase") : new RowValue(List.of(inner.get(), inner.get()));
        };
    }

    private Expression binary(Supplier<Expression> inner) {
        Binary binary = new Binary(pick(OPERATORS), inner.get(), inner.get());
        boolean test = binary.operator().startsWith("IS") && binary.right() instanceof NullLiteral;
        return test ? new NullTest(binary.operator().equals("IS NOT"), binary.left()) : binary;
    }

    private Call call(int depth, Supplier<Expression> inner) {
        boolean star = chance(4);
        boolean distinct = !star && chance(3);
        return new Call(
                pick(List.of("count", "max", "like", "left", "my func")),
                distinct,
                star,
                star ? List.of() : distinct || chance(2) ? some(inner) : List.of(),
                !star && chance(4) ? terms(depth) : List.of(),
                chance(4) ? inner.get() : null,
                chance(3) ? window(depth - 1, chance(3)) : null);
    }

    private Window window(int depth, boolean named) {
        if (named) {
            return new Window(name(), true, List.of(), List.of(), null);
        }
        return new Window(
                chance(3) ? name() : null,
                false,
                chance(2) ? some(() -> expression(depth)) : List.of(),
                chance(2) ? terms(depth) : List.of(),
                chance(2) ? frame(depth) : null);
    }

    private Frame frame(int depth) {
        Bound before = chance(2) ? new Bound(null, "UNBOUNDED") : new Bound(expression(depth), "PRECEDING");
        Bound start = before.direction().equals("UNBOUNDED") ? new Bound(null, "PRECEDING") : before;
        Bound end = switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new Bound(null, "CURRENT ROW");
            case 2 -> new Bound(null, "FOLLOWING");
            default -> new Bound(expression(depth), "FOLLOWING");
        };
        return new Frame(
                pick(List.of("ROWS", "RANGE", "GROUPS")),
                start,
                end,
                chance(2) ? null : pick(List.of("NO OTHERS", "CURRENT ROW", "GROUP", "TIES")));
    }

    private List<OrderTerm> terms(int depth) {
        return some(() -> new OrderTerm(expression(depth - 1), chance(2), maybe(chance(2))));
    }

    private Expression leaf() {
        return switch (random.nextInt(9)) {
            case 0 -> new NumberLiteral(pick(List.of("0", "12", "1.5", ".5", "1e-3", "0xFF", "1_000")));
            case 1 -> new TextLiteral(pick(List.of("", "it's", "a\"b", "-- no comment", "größe", "x\ny")));
            case 2 -> new BlobLiteral(pick(List.of("", "00", "CAFE")));
            case 3 -> new NullLiteral();
            case 4 -> new CurrentTime(pick(List.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP")));
            case 5 -> new Parameter(pick(List.of("?", "?3", ":p", "@q", "$r")));
            case 6 -> new ColumnName(null, null, name(), true);
            case 7 -> new ColumnName(chance(3) ? name() : null, name(), name(), false);
            default -> new ColumnName(null, null, name(), false);
        };
    }

    private List<String> names() {
        return some(this::name);
    }

    private String name() {
        return pick(NAMES);
    }

    private Boolean maybe(boolean value) {
        return chance(2) ? null : (Boolean) value;
    }

    private <T> List<T> some(Supplier<T> one) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            items.add(one.get());
        }
        return items;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
