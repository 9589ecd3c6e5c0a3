package org.sqltune.postgres.query;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.postgres.query.Conversion.Choice;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Ordering;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts whole queries: set operations, order and limit around SELECTs. */
final class QueryConverter {
    private final Conversion conversion;
    private final ExpressionConverter expressions;
    private final SetOperations sets;

    QueryConverter(Conversion conversion) {
        this.conversion = conversion;
        this.expressions = new ExpressionConverter(conversion, this);
        this.sets = new SetOperations(conversion, this, expressions);
    }

    /** Converts the outermost query; {@link Choice} may add a tie-breaking order. */
    Rows convertOutermost(Query query) {
        return convert(query, null, false, List.of(), true);
    }

    /**
     * Converts a subquery.
     *
     * @param outer the outer query's scope; null if there is none
     * @param named whether every column needs a name
     */
    Rows convert(Query query, @Nullable ConversionScope outer, boolean named) {
        return convert(query, outer, named, List.of(), false);
    }

    /** Converts a subquery, with its columns converted to these kinds. */
    Rows convert(Query query, ConversionScope outer, List<ValueKind> kinds) {
        return convert(query, outer, false, kinds, false);
    }

    private Rows convert(
            Query query, @Nullable ConversionScope outer, boolean named, List<ValueKind> kinds, boolean outermost) {
        ConversionScope around = outer;
        if (!query.tables().isEmpty()) {
            around = new ConversionScope(outer);
            query.tables().forEach(QueryConverter::refuseRecursion);
            query.tables().forEach(around::name);
        }
        if (query.body() instanceof Select select) {
            return select(select, query, around, named, kinds, outermost);
        }
        return compound(query, around, named, kinds, outermost);
    }

    /** Refuses a recursive query; in SQLite it may be recursive without RECURSIVE. */
    private static void refuseRecursion(NamedQuery named) {
        if (Queries.tables(named.query()).stream()
                .anyMatch(table -> table.name().equalsIgnoreCase(named.name()))) {
            throw new UnsupportedSqlException("recursive queries aren't converted");
        }
    }

    private Rows select(
            Select select,
            Query query,
            @Nullable ConversionScope outer,
            boolean named,
            List<ValueKind> kinds,
            boolean outermost) {
        ConversionScope scope = new ConversionScope(outer);
        OrderConverter order = new OrderConverter(conversion, expressions, scope, select);
        return new SelectConverter(conversion, this, expressions, scope, select, query.orderBy())
                .convert(named, kinds, (out, rows, keys) -> {
                    order.apply(out, rows, keys, query.orderBy());
                    finish(out, rows.columns(), query, outermost);
                });
    }

    private Rows compound(
            Query query, @Nullable ConversionScope outer, boolean named, List<ValueKind> kinds, boolean outermost) {
        List<ValueKind> common = kinds.isEmpty() ? sets.commonKinds(query.body(), outer) : kinds;
        Rows rows = sets.convert(query.body(), outer, named, common);
        SelectQuery<Record> out = (SelectQuery<Record>) rows.select();
        for (OrderTerm term : query.orderBy()) {
            int position = SetOperations.position(term.value(), query.body(), rows.columns());
            ConvertedValue value = rows.columns().get(position - 1).value();
            if (value.kind() == ValueKind.MIXED) {
                throw new UnsupportedSqlException("ordering numbers and text under a set operation isn't converted");
            }
            // Any member of the set operation may yield NULL.
            Field<?> shown = DSL.inline(position);
            out.addOrderBy(Ordering.terms(value.orNull(), shown, term.descending(), term.nullsFirst()));
        }
        finish(out, rows.columns(), query, outermost);
        return rows;
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

    /** Returns the number; empty if it is negative, which means no limit. */
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
