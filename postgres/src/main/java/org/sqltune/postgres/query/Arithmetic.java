package org.sqltune.postgres.query;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;

/** Converts arithmetic operators and {@code ||}. In SQLite, division by zero yields NULL. */
final class Arithmetic {
    static final List<String> OPERATORS = List.of("+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>");

    ConvertedValue convert(String operator, ConvertedValue left, ConvertedValue right) {
        if (operator.equals("||")) {
            Field<?> joined = Fields.sql(
                    "({0} || {1})",
                    Coercions.toText(left).field(), Coercions.toText(right).field());
            return ExpressionConverter.text(joined, left.nullable() || right.nullable());
        }
        ConvertedValue first = Coercions.toNumber(left);
        ConvertedValue second = Coercions.toNumber(right);
        boolean nullable = first.nullable() || second.nullable();
        Field<Number> a = Fields.typed(first.field());
        Field<Number> b = Fields.typed(second.field());
        ValueKind kind = kind(first.kind(), second.kind());
        return switch (operator) {
            case "+" -> ConvertedValue.of(a.add(b), kind, nullable);
            case "-" -> ConvertedValue.of(a.sub(b), kind, nullable);
            case "*" -> ConvertedValue.of(a.mul(b), kind, nullable);
            case "/" -> divided(first, second, kind);
            case "%" -> remainder(first, second, kind);
            default ->
                ConvertedValue.of(
                        Fields.sql(
                                "({0} " + operator + " {1})",
                                integer(first).cast(SQLDataType.BIGINT),
                                operator.length() > 1
                                        ? Fields.castToInteger(integer(second))
                                        : integer(second).cast(SQLDataType.BIGINT)),
                        ValueKind.BIGINT,
                        nullable);
        };
    }

    ConvertedValue signed(String operator, ConvertedValue operand) {
        if (operator.equals("+")) {
            return operand.withoutAffinity();
        }
        ConvertedValue number = Coercions.toNumber(operand);
        if (operator.equals("~")) {
            Field<?> bits = Fields.sql("(~ {0})", integer(number).cast(SQLDataType.BIGINT));
            return ConvertedValue.of(bits, ValueKind.BIGINT, number.nullable());
        }
        if (number.literalNumber() != null) {
            return ConvertedValue.number(
                    number.literalNumber().negate(), number.kind().isInteger());
        }
        return ConvertedValue.of(Fields.<Number>typed(number.field()).neg(), number.kind(), number.nullable());
    }

    private static ValueKind kind(ValueKind left, ValueKind right) {
        if (left == ValueKind.REAL || right == ValueKind.REAL) {
            return ValueKind.REAL;
        }
        return Coercions.common(left, right);
    }

    private static ConvertedValue divided(ConvertedValue left, ConvertedValue right, ValueKind kind) {
        Field<Number> a = Fields.typed(left.field());
        Field<Number> b = Fields.typed(divisor(right));
        boolean nullable = left.nullable() || right.nullable() || right.literal() == null;
        if (kind.isInteger()) {
            return ConvertedValue.of(a.div(b), kind, nullable);
        }
        if (kind == ValueKind.REAL) {
            // PostgreSQL rounds a numeric quotient to fewer digits than SQLite's double.
            boolean integers = left.kind() != ValueKind.REAL && right.kind() != ValueKind.REAL;
            return ConvertedValue.of(integers ? a.cast(SQLDataType.DOUBLE).div(b) : a.div(b), kind, nullable);
        }
        Field<?> quotient = a.div(b);
        Field<?> whole = Fields.sql("TRUNC({0})", quotient);
        if (kind == ValueKind.WHOLE) {
            return ConvertedValue.of(whole, kind, nullable);
        }
        return ConvertedValue.of(Fields.when(isWhole(left).and(isWhole(right)), whole, quotient), kind, nullable);
    }

    private static Condition isWhole(ConvertedValue number) {
        if (number.kind() != ValueKind.NUMERIC) {
            return DSL.noCondition();
        }
        return Fields.<Object>typed(number.field()).eq(Fields.<Object>typed(Fields.sql("TRUNC({0})", number.field())));
    }

    private static ConvertedValue remainder(ConvertedValue left, ConvertedValue right, ValueKind kind) {
        Field<Number> a = Fields.typed(integer(left));
        Field<Number> b =
                Fields.typed(right.literal() == null ? Fields.nullIf(integer(right), DSL.inline(0)) : divisor(right));
        ValueKind result = kind.isInteger() ? kind : ValueKind.WHOLE;
        return ConvertedValue.of(a.mod(b), result, left.nullable() || right.nullable() || right.literal() == null);
    }

    /** Returns the divisor with NULL instead of 0. */
    private static Field<?> divisor(ConvertedValue value) {
        boolean notZero = value.literalNumber() != null && value.literalNumber().signum() != 0;
        return notZero ? value.field() : Fields.nullIf(value.field(), DSL.inline(0));
    }

    /** Truncates a number towards zero. */
    private static Field<?> integer(ConvertedValue number) {
        boolean whole = number.kind().isInteger() || number.kind() == ValueKind.WHOLE;
        return whole ? number.field() : Fields.castToNumeric(Fields.sql("TRUNC({0})", number.field()));
    }
}
