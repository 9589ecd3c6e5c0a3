package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectQuery;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Trees;
import org.sqltune.postgres.schema.Postgres;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.scope.Dependencies;
import org.sqltune.postgres.scope.Dependencies.Equality;
import org.sqltune.postgres.scope.Grouping;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts one SELECT with its order and limit. */
final class SelectConverter {
    private final Conversion conversion;
    private final QueryConverter queries;
    private final ExpressionConverter expressions;
    private final ConversionScope scope;
    private final Select select;
    private final List<OrderTerm> orderBy;
    private final SelectQuery<Record> out = Postgres.writer().selectQuery();

    SelectConverter(
            Conversion conversion,
            QueryConverter queries,
            ExpressionConverter expressions,
            ConversionScope scope,
            Select select,
            List<OrderTerm> orderBy) {
        this.conversion = conversion;
        this.queries = queries;
        this.expressions = expressions;
        this.scope = scope;
        this.select = select;
        this.orderBy = orderBy;
    }

    /**
     * Converts the SELECT.
     *
     * @param named whether every column needs a name
     * @param kinds the required kinds of the columns; empty for any
     * @param finish adds order and limit
     */
    Rows convert(boolean named, List<ValueKind> kinds, OrderAndLimit finish) {
        conversion.countSelect();
        for (Result result : select.results()) {
            if (result instanceof Column column && column.alias() != null) {
                scope.alias(column.alias(), column.value());
            }
        }
        FromConverter from = new FromConverter(conversion, queries, expressions, scope);
        if (select.from() != null) {
            out.addFrom(from.convert(select.from()));
            from.joins().later().forEach(condition -> out.addConditions(expressions.condition(condition, scope)));
        }
        if (select.where() != null) {
            out.addConditions(expressions.condition(select.where(), scope));
        }
        List<Field<?>> keys = group(from.joins().equalities());
        ResultColumns results =
                new ResultColumns(expressions, scope, from.joins().hidden());
        List<Output> columns = results.convert(select.results(), named, kinds);
        out.setDistinct(select.distinct());
        out.addSelect(results.shown());
        if (select.having() != null) {
            out.addHaving(expressions.condition(select.having(), scope));
        }
        Rows rows = new Rows(out, columns);
        finish.apply(out, rows, keys);
        addGroupBy(keys);
        return rows;
    }

    /** Adds order and limit to a SELECT that is complete except for GROUP BY. */
    @FunctionalInterface
    interface OrderAndLimit {
        /** Adds order and limit; may change the GROUP BY keys. */
        void apply(SelectQuery<Record> query, Rows rows, List<Field<?>> keys);
    }

    private void addGroupBy(List<Field<?>> keys) {
        List<Field<?>> all = new ArrayList<>(keys);
        if (scope.grouping() != null) {
            all.addAll(scope.grouping().addedKeys());
        }
        if (!all.isEmpty()) {
            out.addGroupBy(all);
        }
    }

    /** Returns the GROUP BY keys and sets up the scope's grouping. */
    private List<Field<?>> group(List<Equality> joins) {
        Stream<Expression> parts = Stream.of(
                        select.results().stream().map(SelectConverter::valueOf),
                        Stream.of(Optional.ofNullable(select.having())),
                        orderBy.stream().map(term -> Optional.of(term.value())))
                .flatMap(each -> each)
                .flatMap(Optional::stream);
        List<Expression> all = parts.toList();
        if (select.groupBy().isEmpty() && all.stream().noneMatch(Aggregates::isIn)) {
            if (select.having() != null) {
                throw new UnsupportedSqlException("HAVING without groups and aggregates isn't converted");
            }
            return new ArrayList<>();
        }
        List<Expression> keys = select.groupBy().stream().map(this::meant).toList();
        Set<String> keyColumns = new HashSet<>();
        for (Expression key : keys) {
            ColumnNames.find(key, scope)
                    .ifPresent(found -> keyColumns.add(Grouping.id(found.source(), found.column())));
        }
        List<Field<?>> fields = new ArrayList<>();
        for (Expression key : keys) {
            ConvertedValue value = expressions.value(key, scope);
            if (value.literal() == null) {
                fields.add(value.field());
            } else if (keys.size() == 1) {
                throw new UnsupportedSqlException("GROUP BY a constant isn't converted");
            }
        }
        scope.groupBy(new Grouping(keys, keyColumns, dependencies(joins), extreme(all)));
        return fields;
    }

    private static Optional<Expression> valueOf(Result result) {
        return result instanceof Column column ? Optional.of(column.value()) : Optional.empty();
    }

    /**
     * Returns the expression that a GROUP BY key stands for: by position or, unless a column has that name, by alias.
     */
    private Expression meant(Expression key) {
        if (key instanceof NumberLiteral number && number.text().matches("\\d{1,4}")) {
            int position = Integer.parseInt(number.text());
            if (position >= 1 && position <= select.results().size()) {
                return valueOf(select.results().get(position - 1)).orElse(key);
            }
        }
        if (key instanceof Expression.ColumnName name
                && name.table() == null
                && scope.column(null, name.name()).isEmpty()) {
            return scope.alias(name.name()).orElse(key);
        }
        return key;
    }

    private Dependencies dependencies(List<Equality> joins) {
        List<Equality> equalities = new ArrayList<>(joins);
        equalities.addAll(Joins.equalities(select.where(), scope));
        Set<String> constants = new HashSet<>();
        for (Expression conjunct : Trees.conjuncts(select.where())) {
            if (conjunct instanceof Binary binary && binary.operator().equals("=")) {
                constant(binary.left(), binary.right()).ifPresent(constants::add);
                constant(binary.right(), binary.left()).ifPresent(constants::add);
            }
        }
        return new Dependencies(scope.sources(), equalities, constants);
    }

    private Optional<String> constant(Expression column, Expression value) {
        boolean literal = value instanceof NumberLiteral || value instanceof Expression.TextLiteral;
        return literal
                ? ColumnNames.find(column, scope).map(found -> Grouping.id(found.source(), found.column()))
                : Optional.empty();
    }

    /** Returns the only min or max, whose row determines the other columns; null if there is none or several. */
    private static @Nullable Call extreme(List<Expression> parts) {
        List<Call> extremes = parts.stream()
                .flatMap(part -> Trees.find(part, Aggregates::isAggregate))
                .map(Call.class::cast)
                .filter(call -> Aggregates.isExtreme(call.name()) && call.filter() == null)
                .distinct()
                .toList();
        return extremes.size() == 1 ? Objects.requireNonNull(extremes.get(0)) : null;
    }
}
