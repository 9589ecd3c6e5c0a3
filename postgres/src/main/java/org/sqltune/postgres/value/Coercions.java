package org.sqltune.postgres.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;

/** Converts values of one kind to another by SQLite's rules. */
public final class Coercions {
    private static final String NUMBER_PREFIX = "^\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)";
    private static final Pattern PREFIX = Pattern.compile(NUMBER_PREFIX + ".*", Pattern.DOTALL);

    private Coercions() {}

    /** Returns the value as text. */
    public static ConvertedValue toText(ConvertedValue value) {
        if (value.kind() == ValueKind.TEXT || value.kind() == ValueKind.NULL) {
            return value;
        }
        BigDecimal number = value.literalNumber();
        if (number != null) {
            return ConvertedValue.text(written(number, value.kind()));
        }
        if (value.kind() == ValueKind.MIXED) {
            return ConvertedValue.of(value.field(), ValueKind.TEXT, value.nullable());
        }
        if (value.kind() == ValueKind.BLOB) {
            throw new UnsupportedSqlException("a blob as text isn't converted");
        }
        boolean integer = value.kind().isInteger() || value.kind() == ValueKind.BOOLEAN;
        boolean temporal = value.kind() == ValueKind.DATE || value.kind() == ValueKind.TIMESTAMP;
        TextFacts facts = new TextFacts(integer, temporal, integer, temporal);
        return new ConvertedValue(writtenOut(value), ValueKind.TEXT, value.affinity(), value.nullable(), facts, null);
    }

    /**
     * Returns a number's text as SQLite writes it: 2.0 for a floating-point number, 2 for an integer; PostgreSQL uses
     * the column's scale.
     */
    private static Field<?> writtenOut(ConvertedValue value) {
        Field<?> field = value.field();
        return switch (value.kind()) {
            case BOOLEAN -> Fields.castToText(Fields.castToInteger(field));
            case WHOLE -> Fields.castToText(Fields.sql("TRUNC({0})", field));
            case NUMERIC -> Fields.castToText(field.cast(SQLDataType.DOUBLE));
            case REAL -> {
                Field<?> real = field.cast(SQLDataType.DOUBLE);
                yield Fields.sql(
                        "CASE WHEN {0} = TRUNC({0}) THEN {1} || '.0' ELSE {1} END", real, Fields.castToText(real));
            }
            default -> Fields.castToText(field);
        };
    }

    /** Returns a literal number's text as SQLite writes it. */
    private static String written(BigDecimal number, ValueKind kind) {
        if (kind.isInteger()) {
            return number.toPlainString();
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0 ? shortest.toPlainString() + ".0" : shortest.toPlainString();
    }

    /** Returns the value as a number: for text its numeric prefix, or 0. */
    public static ConvertedValue toNumber(ConvertedValue value) {
        String literal = value.literalText();
        if (literal != null) {
            return numberIn(literal);
        }
        return switch (value.kind()) {
            case BOOLEAN -> ConvertedValue.of(Fields.castToInteger(value.field()), ValueKind.INTEGER, value.nullable());
            case TEXT, MIXED -> textToNumber(value);
            case DATE, TIMESTAMP -> textToNumber(toText(value));
            case BLOB -> throw new UnsupportedSqlException("a blob as a number isn't converted");
            default -> value;
        };
    }

    private static ConvertedValue textToNumber(ConvertedValue text) {
        if (text.facts().allNumbers()) {
            return text.facts().plainIntegers()
                    ? ConvertedValue.of(text.field().cast(SQLDataType.BIGINT), ValueKind.BIGINT, text.nullable())
                    : ConvertedValue.of(Fields.castToNumeric(text.field()), ValueKind.NUMERIC, text.nullable());
        }
        Field<?> prefix = Fields.sql("SUBSTRING({0} FROM {1})", text.field(), DSL.inline(NUMBER_PREFIX));
        Field<?> number = Fields.coalesce(List.of(Fields.castToNumeric(prefix), DSL.inline(0)));
        Field<?> guarded = text.nullable() ? Fields.when(text.field().isNotNull(), number) : number;
        return ConvertedValue.of(guarded, ValueKind.NUMERIC, text.nullable());
    }

    /** Returns the number that a literal text means in arithmetic. */
    private static ConvertedValue numberIn(String text) {
        Matcher prefix = PREFIX.matcher(text);
        return prefix.matches() ? parsed(prefix.group(1)) : ConvertedValue.integer(0);
    }

    /** Returns the value of a number literal. */
    public static ConvertedValue parsed(String text) {
        BigDecimal number;
        try {
            number = text.startsWith("0x") || text.startsWith("0X")
                    ? BigDecimal.valueOf(Long.parseUnsignedLong(text.substring(2), 16))
                    : new BigDecimal(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new UnsupportedSqlException("the number " + text + " isn't converted");
        }
        if (Math.abs((double) number.scale() - number.precision()) > 400) {
            throw new UnsupportedSqlException("the number " + text + " isn't converted");
        }
        boolean integer = !text.contains(".") && number.scale() <= 0 && !text.matches("(?!0[xX]).*[eE].*");
        boolean fits = integer && number.toBigInteger().bitLength() < Long.SIZE;
        return ConvertedValue.number(number, fits);
    }

    /** Returns the kind that can hold all these values; MIXED for numbers among text. */
    public static ValueKind common(List<ConvertedValue> values) {
        ValueKind common = ValueKind.NULL;
        for (ConvertedValue value : values) {
            common = common(common, value.kind());
        }
        return common;
    }

    public static ValueKind common(ValueKind left, ValueKind right) {
        if (left == right || right == ValueKind.NULL) {
            return left;
        }
        if (left == ValueKind.NULL) {
            return right;
        }
        if (left.isNumber() && right.isNumber()) {
            return promoted(left, right);
        }
        if (left.isText() && right.isText()) {
            return ValueKind.TEXT;
        }
        if (left == ValueKind.BLOB || right == ValueKind.BLOB) {
            throw new UnsupportedSqlException("blobs among other values aren't converted");
        }
        return ValueKind.MIXED;
    }

    private static ValueKind promoted(ValueKind left, ValueKind right) {
        // A column with integers and floating-point numbers keeps both.
        ValueKind wider = left.compareTo(right) > 0 ? left : right;
        return wider == ValueKind.REAL ? ValueKind.NUMERIC : wider;
    }

    /** Returns the value converted to a kind. */
    public static ConvertedValue to(ValueKind kind, ConvertedValue value) {
        if (value.kind() == kind || value.kind() == ValueKind.NULL) {
            return value;
        }
        if (kind == ValueKind.MIXED && value.kind() == ValueKind.REAL && value.literal() == null) {
            // Among mixed values it stays a number, and 2.0 equals 2.
            Field<?> text = Fields.castToText(value.field().cast(SQLDataType.DOUBLE));
            return ConvertedValue.of(text, ValueKind.TEXT, value.nullable());
        }
        if (kind == ValueKind.TEXT || kind == ValueKind.MIXED) {
            return value.kind() == ValueKind.MIXED ? value : toText(value);
        }
        return value.kind() == ValueKind.BOOLEAN || value.kind().isText() ? toNumber(value) : value;
    }

    /** Returns 1 or 0 for a boolean, other values unchanged. */
    public static ConvertedValue toNumberIfBoolean(ConvertedValue value) {
        return value.kind() == ValueKind.BOOLEAN ? toNumber(value) : value;
    }
}
