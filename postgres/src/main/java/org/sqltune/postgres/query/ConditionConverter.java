package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Comparator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.postgres.schema.Affinity;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.Comparisons;
import org.sqltune.postgres.value.Comparisons.Aligned;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts expressions to conditions. */
final class ConditionConverter {
    private final QueryConverter queries;
    private final ExpressionConverter expressions;
    private final Patterns patterns;

    ConditionConverter(QueryConverter queries, ExpressionConverter expressions) {
        this.queries = queries;
        this.expressions = expressions;
        this.patterns = new Patterns(expressions);
    }

    /** Converts an expression to a condition. */
    Condition convert(Expression expression, ConversionScope scope) {
        if (expression instanceof Binary binary) {
            Optional<Condition> condition = binaryCondition(binary, scope);
            if (condition.isPresent()) {
                return condition.get();
            }
        }
        if (expression instanceof Unary unary && unary.operator().equals("NOT")) {
            return DSL.not(convert(unary.operand(), scope));
        }
        if (expression instanceof Like like) {
            return patterns.convert(like, scope);
        }
        if (expression instanceof Between between) {
            return between(between, scope);
        }
        if (expression instanceof InList in) {
            return in(in, scope);
        }
        if (expression instanceof InQuery in) {
            return in(in, scope);
        }
        if (expression instanceof NullTest test) {
            Field<?> field = expressions.value(test.value(), scope).field();
            return test.negated() ? field.isNotNull() : field.isNull();
        }
        if (expression instanceof Exists exists) {
            return DSL.exists(queries.convert(exists.query(), scope, false).select());
        }
        return truth(expressions.value(expression, scope));
    }

    /** Converts a value to a condition: everything except 0 and NULL is true. */
    private static Condition truth(ConvertedValue value) {
        if (value.kind() == ValueKind.BOOLEAN) {
            return DSL.condition(Fields.<Boolean>typed(value.field()));
        }
        ConvertedValue number = Coercions.toNumber(value);
        if (number.literalNumber() != null) {
            return number.literalNumber().signum() == 0 ? DSL.falseCondition() : DSL.trueCondition();
        }
        return Fields.<Object>typed(number.field()).ne(Fields.<Object>typed(DSL.inline(0)));
    }

    private Optional<Condition> binaryCondition(Binary binary, ConversionScope scope) {
        Optional<Comparator> comparator = comparator(binary.operator());
        if (comparator.isPresent()) {
            return Optional.of(compare(comparator.get(), binary, scope));
        }
        return switch (binary.operator()) {
            case "AND" -> Optional.of(convert(binary.left(), scope).and(convert(binary.right(), scope)));
            case "OR" -> Optional.of(convert(binary.left(), scope).or(convert(binary.right(), scope)));
            default -> Optional.empty();
        };
    }

    private static Optional<Comparator> comparator(String operator) {
        return Optional.ofNullable(
                switch (operator) {
                    case "=" -> Comparator.EQUALS;
                    case "<>" -> Comparator.NOT_EQUALS;
                    case "<" -> Comparator.LESS;
                    case "<=" -> Comparator.LESS_OR_EQUAL;
                    case ">" -> Comparator.GREATER;
                    case ">=" -> Comparator.GREATER_OR_EQUAL;
                    case "IS" -> Comparator.IS_NOT_DISTINCT_FROM;
                    case "IS NOT" -> Comparator.IS_DISTINCT_FROM;
                    default -> null;
                });
    }

    private Condition compare(Comparator comparator, Binary binary, ConversionScope scope) {
        if (binary.left() instanceof RowValue || binary.right() instanceof RowValue) {
            throw new UnsupportedSqlException("comparing rows of values isn't converted");
        }
        return Comparisons.compare(
                comparator, expressions.value(binary.left(), scope), expressions.value(binary.right(), scope));
    }

    private Condition between(Between between, ConversionScope scope) {
        ConvertedValue value = expressions.value(between.value(), scope);
        ConvertedValue low = expressions.value(between.low(), scope);
        ConvertedValue high = expressions.value(between.high(), scope);
        Optional<Aligned> lower = Comparisons.align(Comparator.GREATER_OR_EQUAL, value, low);
        Optional<Aligned> upper = Comparisons.align(Comparator.LESS_OR_EQUAL, value, high);
        Condition inside;
        if (lower.isPresent()
                && upper.isPresent()
                && lower.get().left().equals(upper.get().left())) {
            inside = Fields.<Object>typed(lower.get().left())
                    .between(
                            Fields.<Object>typed(lower.get().right()),
                            Fields.<Object>typed(upper.get().right()));
        } else {
            inside = Comparisons.compare(Comparator.GREATER_OR_EQUAL, value, low)
                    .and(Comparisons.compare(Comparator.LESS_OR_EQUAL, value, high));
        }
        return between.negated() ? DSL.not(inside) : inside;
    }

    /** Converts IN with a list, whose items' affinity SQLite ignores. */
    private Condition in(InList in, ConversionScope scope) {
        ConvertedValue value = expressions.value(in.value(), scope);
        List<Field<?>> aligned = new ArrayList<>();
        Condition any = DSL.falseCondition();
        for (Expression item : in.items()) {
            ConvertedValue right = expressions.value(item, scope).withoutAffinity();
            Comparisons.align(Comparator.EQUALS, value, right)
                    .filter(both -> both.left().equals(value.field()))
                    .ifPresent(both -> aligned.add(both.right()));
            any = any.or(Comparisons.compare(Comparator.EQUALS, value, right));
        }
        Condition inside = aligned.size() == in.items().size() && !aligned.isEmpty()
                ? Fields.<Object>typed(value.field())
                        .in(aligned.stream().map(Fields::<Object>typed).toList())
                : any;
        return in.negated() ? DSL.not(inside) : inside;
    }

    private Condition in(InQuery in, ConversionScope scope) {
        Rows rows = queries.convert(in.query(), scope, false);
        if (in.value() instanceof RowValue row) {
            List<Field<?>> fields = new ArrayList<>();
            row.items()
                    .forEach(item -> fields.add(expressions.value(item, scope).field()));
            Condition inside = DSL.row(fields).in(rows.select());
            return in.negated() ? DSL.not(inside) : inside;
        }
        if (rows.columns().size() != 1) {
            throw new UnsupportedSqlException(
                    "IN over a query with " + rows.columns().size() + " columns");
        }
        ConvertedValue value = expressions.value(in.value(), scope);
        Output column = rows.columns().get(0);
        Optional<Aligned> aligned = Comparisons.align(Comparator.EQUALS, value, column.value());
        Select<Record> select = rows.select();
        Field<?> left = value.field();
        if (aligned.isPresent() && aligned.get().right().equals(column.value().field())) {
            left = aligned.get().left();
        } else if (aligned.isPresent()
                && value.kind().isNumber()
                && column.value().facts().allNumbers()) {
            select = queries.convert(in.query(), scope, List.of(ValueKind.NUMERIC))
                    .select();
        } else {
            // The column must be converted: build the subquery again with the column as text.
            refuseNumbersAsText(value, column.value());
            select = queries.convert(in.query(), scope, List.of(ValueKind.TEXT)).select();
            left = Coercions.toText(value).field();
        }
        Field<Object> typedLeft = Fields.typed(left);
        Select<Record1<Object>> typedSelect = Fields.column(select);
        return in.negated() ? typedLeft.notIn(typedSelect) : typedLeft.in(typedSelect);
    }

    /** Refuses IN between numbers and texts, except integers in plain digits, which compare equal as text. */
    private static void refuseNumbersAsText(ConvertedValue value, ConvertedValue column) {
        boolean integers = (value.kind().isInteger()
                        && column.kind() == ValueKind.TEXT
                        && column.facts().plainIntegers())
                || (column.kind().isInteger()
                        && value.kind() == ValueKind.TEXT
                        && value.facts().plainIntegers());
        boolean texts = value.kind().isText() && column.kind().isText();
        boolean affinities = value.affinity() != Affinity.NONE || column.affinity() != Affinity.NONE;
        if (!texts && !(integers && affinities)) {
            throw new UnsupportedSqlException("IN between numbers and text isn't converted");
        }
    }
}
