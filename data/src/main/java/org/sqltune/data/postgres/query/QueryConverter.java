package org.sqltune.data.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.postgres.query.Conversion.Choice;
import org.sqltune.data.postgres.query.Rows.Output;
import org.sqltune.data.postgres.schema.TextFacts;
import org.sqltune.data.postgres.schema.ValueKind;
import org.sqltune.data.postgres.syntax.Expression;
import org.sqltune.data.postgres.syntax.Expression.ColumnName;
import org.sqltune.data.postgres.syntax.Expression.NumberLiteral;
import org.sqltune.data.postgres.syntax.Expression.Unary;
import org.sqltune.data.postgres.syntax.Query;
import org.sqltune.data.postgres.syntax.Query.Body;
import org.sqltune.data.postgres.syntax.Query.Compound;
import org.sqltune.data.postgres.syntax.Query.OrderTerm;
import org.sqltune.data.postgres.syntax.Query.Select;

/** Converts whole queries: set operations, order and limit around SELECTs. */
final class QueryConverter {
    private final Conversion conversion;
    private final ExpressionConverter expressions;

    QueryConverter(Conversion conversion) {
        this.conversion = conversion;
        this.expressions = new ExpressionConverter(conversion, this);
    }

    /** The outermost query; its rows have an order of their own where {@link Choice} asks for one. */
    Rows convertOutermost(Query query) {
        return convert(query, null, false, List.of(), true);
    }

    /**
     * A query inside another.
     *
     * @param outer what surrounds it; null if nothing
     * @param named whether every column needs a name
     */
    Rows convert(Query query, @Nullable Scope outer, boolean named) {
        return convert(query, outer, named, List.of(), false);
    }

    /** A query inside another, its columns turned into these kinds. */
    Rows convert(Query query, Scope outer, List<ValueKind> kinds) {
        return convert(query, outer, false, kinds, false);
    }

    private Rows convert(Query query, @Nullable Scope outer, boolean named, List<ValueKind> kinds, boolean outermost) {
        Scope around = outer;
        if (!query.tables().isEmpty()) {
            around = new Scope(outer);
            query.tables().forEach(around::name);
        }
        if (query.body() instanceof Select select) {
            return select(select, query, around, named, kinds, outermost);
        }
        return compound(query, around, named, kinds, outermost);
    }

    private Rows select(
            Select select,
            Query query,
            @Nullable Scope outer,
            boolean named,
            List<ValueKind> kinds,
            boolean outermost) {
        Scope scope = new Scope(outer);
        OrderConverter order = new OrderConverter(conversion, expressions, scope, select);
        return new SelectConverter(conversion, this, expressions, scope, select, query.orderBy())
                .convert(named, kinds, (out, rows, keys) -> {
                    order.apply(out, rows, keys, query.orderBy());
                    finish(out, rows.columns(), query, outermost);
                });
    }

    private Rows compound(Query query, @Nullable Scope outer, boolean named, List<ValueKind> kinds, boolean outermost) {
        List<ValueKind> common = kinds.isEmpty() ? commonKinds(query.body(), outer) : kinds;
        Rows rows = member(query.body(), outer, named, common);
        SelectQuery<Record> out = (SelectQuery<Record>) rows.select();
        for (OrderTerm term : query.orderBy()) {
            int position = position(term.value(), query.body(), rows.columns());
            Value value = rows.columns().get(position - 1).value();
            if (value.kind() == ValueKind.MIXED) {
                throw new UnsupportedSqlException("ordering numbers and text under a set operation isn't converted");
            }
            // Any member of the set may bring a NULL.
            Field<?> shown = DSL.inline(position);
            out.addOrderBy(Ordering.terms(value.orNull(), shown, term.descending(), term.nullsFirst()));
        }
        finish(out, rows.columns(), query, outermost);
        return rows;
    }

    private Rows member(Body body, @Nullable Scope outer, boolean named, List<ValueKind> kinds) {
        if (body instanceof Select select) {
            return new SelectConverter(conversion, this, expressions, new Scope(outer), select, List.of())
                    .convert(named, kinds, (out, rows, keys) -> {});
        }
        if (!(body instanceof Compound compound)) {
            throw new UnsupportedSqlException("VALUES isn't converted");
        }
        Rows left = member(compound.left(), outer, named, kinds);
        Rows right = member(compound.right(), outer, false, kinds);
        if (left.columns().size() != right.columns().size()) {
            throw new UnsupportedSqlException("SELECTs with different numbers of columns");
        }
        org.jooq.Select<Record> joined = switch (compound.operator()) {
            case "UNION" -> left.select().union(right.select());
            case "UNION ALL" -> left.select().unionAll(right.select());
            case "INTERSECT" -> left.select().intersect(right.select());
            default -> left.select().except(right.select());
        };
        return new Rows(joined, merged(left.columns(), right.columns()));
    }

    private static List<Output> merged(List<Output> left, List<Output> right) {
        List<Output> merged = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Output first = left.get(i);
            Value other = right.get(i).value();
            ValueKind kind = Coercions.common(first.value().kind(), other.kind());
            boolean nullable = first.value().nullable() || other.nullable();
            Value value = new Value(
                    first.value().field(),
                    kind,
                    first.value().affinity(),
                    nullable,
                    first.value().facts().equals(other.facts()) ? other.facts() : TextFacts.UNKNOWN,
                    null);
            merged.add(new Output(first.name(), first.sqlName(), value));
        }
        return merged;
    }

    /** The kinds to turn all members' columns into; empty if they agree as they are. */
    private List<ValueKind> commonKinds(Body body, @Nullable Scope outer) {
        List<List<Value>> members = new ArrayList<>();
        collect(body, outer, members);
        List<ValueKind> common = new ArrayList<>();
        boolean agree = true;
        for (int i = 0; i < members.get(0).size(); i++) {
            int index = i;
            if (members.stream()
                    .anyMatch(member -> member.size() != members.get(0).size())) {
                throw new UnsupportedSqlException("SELECTs with different numbers of columns");
            }
            List<Value> column =
                    members.stream().map(member -> member.get(index)).toList();
            ValueKind kind = Coercions.common(column);
            if (kind == ValueKind.MIXED && comparesRows(body)) {
                column.forEach(QueryConverter::refuseNumericText);
            }
            agree &= column.stream().allMatch(value -> agrees(value.kind(), kind));
            common.add(kind);
        }
        return agree ? List.of() : common;
    }

    private static boolean agrees(ValueKind kind, ValueKind common) {
        return kind == common || (kind.isNumber() && kind != ValueKind.BOOLEAN && common.isNumber());
    }

    private static boolean comparesRows(Body body) {
        return body instanceof Compound compound
                && (!compound.operator().equals("UNION ALL")
                        || comparesRows(compound.left())
                        || comparesRows(compound.right()));
    }

    /** As text, the number 3 and the text 3 would be the same. */
    private static void refuseNumericText(Value value) {
        if (value.kind() == ValueKind.TEXT && !value.facts().noNumbers()) {
            throw new UnsupportedSqlException("a set operation of numbers and texts that look like numbers");
        }
    }

    private void collect(Body body, @Nullable Scope outer, List<List<Value>> members) {
        if (body instanceof Compound compound) {
            collect(compound.left(), outer, members);
            collect(compound.right(), outer, members);
        } else {
            members.add(member(body, outer, false, List.of()).columns().stream()
                    .map(Output::value)
                    .toList());
        }
    }

    /** Which column of a set operation's result a term of ORDER BY means. */
    private static int position(Expression term, Body body, List<Output> columns) {
        if (term instanceof NumberLiteral number && number.text().matches("\\d{1,4}")) {
            int position = Integer.parseInt(number.text());
            if (position >= 1 && position <= columns.size()) {
                return position;
            }
        }
        if (term instanceof ColumnName name) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equalsIgnoreCase(name.name())) {
                    return i + 1;
                }
            }
        }
        return body instanceof Compound compound
                ? position(term, compound.left(), compound.right(), columns)
                : expressionPosition(term, (Select) body);
    }

    private static int position(Expression term, Body left, Body right, List<Output> columns) {
        try {
            return position(term, left, columns);
        } catch (UnsupportedSqlException e) {
            return position(term, right, columns);
        }
    }

    private static int expressionPosition(Expression term, Select select) {
        for (int i = 0; i < select.results().size(); i++) {
            if (select.results().get(i) instanceof Query.Column column
                    && (column.value().equals(term)
                            || (term instanceof ColumnName name && name.name().equalsIgnoreCase(column.alias())))) {
                return i + 1;
            }
        }
        throw new UnsupportedSqlException("a set operation ordered by what isn't selected");
    }

    private void finish(SelectQuery<Record> out, List<Output> columns, Query query, boolean outermost) {
        if (conversion.choice() != Choice.ANY && (outermost || query.limit() != null)) {
            for (int i = 1; i <= columns.size(); i++) {
                Field<?> position = DSL.inline(i);
                out.addOrderBy(conversion.choice() == Choice.LAST ? position.desc() : position.asc());
            }
        }
        if (query.limit() != null) {
            conversion.noteLimit();
            OptionalLong limit = number(query.limit());
            limit.ifPresent(out::addLimit);
        }
        if (query.offset() != null) {
            number(query.offset()).ifPresent(out::addOffset);
        }
    }

    /** The number; empty if it is below zero, which means none. */
    private static OptionalLong number(Expression expression) {
        if (expression instanceof Unary unary
                && unary.operator().equals("-")
                && unary.operand() instanceof NumberLiteral) {
            return OptionalLong.empty();
        }
        if (expression instanceof NumberLiteral number && number.text().matches("\\d{1,18}")) {
            return OptionalLong.of(Long.parseLong(number.text()));
        }
        throw new UnsupportedSqlException("a LIMIT that is computed isn't converted ("
                + expression.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ")");
    }
}
