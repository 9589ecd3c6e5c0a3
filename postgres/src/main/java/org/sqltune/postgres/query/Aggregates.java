package org.sqltune.postgres.query;

import java.util.List;
import java.util.Set;
import org.jooq.AggregateFilterStep;
import org.jooq.AggregateFunction;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Trees;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.scope.Grouping;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;
import org.sqltune.postgres.value.Ordering;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts <a href="https://www.sqlite.org/lang_aggfunc.html">SQLite's aggregates</a>. */
final class Aggregates {
    private static final Set<String> NAMES = Set.of("count", "sum", "total", "avg", "group_concat", "string_agg");

    private final Conversion conversion;
    private final ExpressionConverter expressions;

    Aggregates(Conversion conversion, ExpressionConverter expressions) {
        this.conversion = conversion;
        this.expressions = expressions;
    }

    /** Returns whether the function aggregates rows; min and max of several arguments don't. */
    static boolean isAggregate(Expression expression) {
        return expression instanceof Call call
                && call.window() == null
                && (NAMES.contains(call.name())
                        || (isExtreme(call.name()) && call.arguments().size() == 1));
    }

    static boolean isExtreme(String name) {
        return name.equals("min") || name.equals("max");
    }

    static boolean isIn(Expression expression) {
        return Trees.find(expression, Aggregates::isAggregate).findAny().isPresent();
    }

    ConvertedValue convert(Call call, ConversionScope scope) {
        Grouping grouping = scope.grouping();
        if (grouping == null) {
            throw new UnsupportedSqlException("misuse of aggregate: " + call.name() + "()");
        }
        grouping.enterAggregate();
        try {
            return converted(call, scope);
        } finally {
            grouping.leaveAggregate();
        }
    }

    private ConvertedValue converted(Call call, ConversionScope scope) {
        if (call.star() || call.arguments().isEmpty()) {
            if (!call.name().equals("count")) {
                throw new UnsupportedSqlException(call.name() + "(*) isn't converted");
            }
            return ConvertedValue.of(filtered(DSL.count(), call, scope), ValueKind.BIGINT, false);
        }
        ConvertedValue argument = expressions.value(call.arguments().get(0), scope);
        return switch (call.name()) {
            case "count" -> count(argument, call, scope);
            case "sum" -> sum(argument, call, scope);
            case "total" -> total(argument, call, scope);
            case "avg" -> average(argument, call, scope);
            case "min", "max" -> extreme(argument, call, scope);
            default -> list(argument, call, scope);
        };
    }

    private ConvertedValue count(ConvertedValue argument, Call call, ConversionScope scope) {
        Field<?> field = argument.field();
        AggregateFunction<Integer> count = call.distinct() ? DSL.countDistinct(field) : DSL.count(field);
        return ConvertedValue.of(filtered(count, call, scope), ValueKind.BIGINT, false);
    }

    private ConvertedValue sum(ConvertedValue argument, Call call, ConversionScope scope) {
        ConvertedValue number = Coercions.toNumber(argument);
        ValueKind kind = switch (number.kind()) {
            case INTEGER -> ValueKind.BIGINT;
            case BIGINT -> ValueKind.WHOLE;
            default -> number.kind();
        };
        return ConvertedValue.of(sumOf(number, call, scope), kind, true);
    }

    private Field<?> sumOf(ConvertedValue number, Call call, ConversionScope scope) {
        Field<Number> field = Fields.typed(number.field());
        return filtered(call.distinct() ? DSL.sumDistinct(field) : DSL.sum(field), call, scope);
    }

    private ConvertedValue total(ConvertedValue argument, Call call, ConversionScope scope) {
        Field<?> sum = sumOf(Coercions.toNumber(argument), call, scope).cast(SQLDataType.DOUBLE);
        return ConvertedValue.of(Fields.coalesce(List.of(sum, DSL.inline(0))), ValueKind.REAL, false);
    }

    private ConvertedValue average(ConvertedValue argument, Call call, ConversionScope scope) {
        Field<Number> number = Fields.typed(Coercions.toNumber(argument).field());
        return ConvertedValue.of(
                filtered(call.distinct() ? DSL.avgDistinct(number) : DSL.avg(number), call, scope),
                ValueKind.REAL,
                true);
    }

    private ConvertedValue extreme(ConvertedValue argument, Call call, ConversionScope scope) {
        boolean greatest = call.name().equals("max");
        if (argument.kind() == ValueKind.MIXED || argument.kind() == ValueKind.BLOB) {
            if (call.filter() != null) {
                throw new UnsupportedSqlException("FILTER over numbers and text isn't converted");
            }
            ConvertedValue first = Ordering.firstOf(argument, Ordering.extremeFirst(argument, greatest));
            return first.orNull().withoutAffinity();
        }
        ConvertedValue value = argument.kind() == ValueKind.BOOLEAN ? Coercions.toNumber(argument) : argument;
        Field<?> field = filtered(greatest ? DSL.max(value.field()) : DSL.min(value.field()), call, scope);
        return value.as(field).orNull().withoutAffinity();
    }

    /** Converts group_concat, whose order SQLite leaves open. */
    private ConvertedValue list(ConvertedValue argument, Call call, ConversionScope scope) {
        conversion.noteFreeRow();
        Field<?> text = Coercions.toText(argument).field();
        List<Expression> arguments = call.arguments();
        Field<?> separator = arguments.size() > 1
                ? Coercions.toText(expressions.value(arguments.get(1), scope)).field()
                : DSL.inline(",");
        String distinct = call.distinct() ? "DISTINCT " : "";
        String order = switch (conversion.choice()) {
            case ANY -> "";
            case FIRST -> " ORDER BY {0}";
            case LAST -> " ORDER BY {0} DESC";
        };
        if (call.filter() != null) {
            throw new UnsupportedSqlException("FILTER behind " + call.name() + " isn't converted");
        }
        return ConvertedValue.of(
                Fields.sql("STRING_AGG(" + distinct + "{0}, {1}" + order + ")", text, separator), ValueKind.TEXT, true);
    }

    private Field<?> filtered(AggregateFilterStep<?> aggregate, Call call, ConversionScope scope) {
        Expression filter = call.filter();
        return filter == null ? aggregate : aggregate.filterWhere(expressions.condition(filter, scope));
    }
}
