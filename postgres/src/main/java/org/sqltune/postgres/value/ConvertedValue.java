package org.sqltune.postgres.value;

import java.math.BigDecimal;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.postgres.schema.Affinity;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;

/**
 * A converted expression.
 *
 * @param field how PostgreSQL writes it
 * @param kind what its values are
 * @param affinity SQLite's; {@link Affinity#NONE} for everything but columns and casts
 * @param nullable whether it may be NULL
 * @param facts what its texts are
 * @param literal a {@link BigDecimal} or a {@link String} if that is all it is, else null
 */
public record ConvertedValue(
        Field<?> field,
        ValueKind kind,
        Affinity affinity,
        boolean nullable,
        TextFacts facts,
        @Nullable Object literal) {

    /** Returns the result of an operator or a function. */
    public static ConvertedValue of(Field<?> field, ValueKind kind, boolean nullable) {
        return new ConvertedValue(field, kind, Affinity.NONE, nullable, TextFacts.UNKNOWN, null);
    }

    public static ConvertedValue text(String text) {
        return new ConvertedValue(DSL.inline(text), ValueKind.TEXT, Affinity.NONE, false, TextFacts.of(text), text);
    }

    public static ConvertedValue integer(long number) {
        return number(BigDecimal.valueOf(number), true);
    }

    /** @param integer whether SQLite has it as an integer */
    public static ConvertedValue number(BigDecimal number, boolean integer) {
        boolean small = integer && number.toBigInteger().bitLength() < Integer.SIZE;
        ValueKind kind = !integer ? ValueKind.REAL : small ? ValueKind.INTEGER : ValueKind.BIGINT;
        Field<?> field = integer ? DSL.inline(number.longValueExact()) : DSL.inline(number);
        return new ConvertedValue(field, kind, Affinity.NONE, false, TextFacts.UNKNOWN, number);
    }

    public static ConvertedValue nothing() {
        return ConvertedValue.of(DSL.inline((Object) null), ValueKind.NULL, true);
    }

    /** Returns the text that it is; null if it is no literal text. */
    @Nullable
    public String literalText() {
        return literal instanceof String text ? text : null;
    }

    /** Returns the number that it is; null if it is no literal number. */
    @Nullable
    public BigDecimal literalNumber() {
        return literal instanceof BigDecimal number ? number : null;
    }

    /** Returns the same values, written otherwise. */
    public ConvertedValue as(Field<?> other) {
        return new ConvertedValue(other, kind, affinity, nullable, facts, null);
    }

    /** Returns the same, as something that may be NULL. */
    public ConvertedValue orNull() {
        return new ConvertedValue(field, kind, affinity, true, facts, literal);
    }

    /** Returns the same text, as one that stands among numbers. */
    public ConvertedValue mixed() {
        return new ConvertedValue(field, ValueKind.MIXED, affinity, nullable, facts, null);
    }

    /** Returns the same, as an expression without affinity. */
    public ConvertedValue withoutAffinity() {
        return new ConvertedValue(field, kind, Affinity.NONE, nullable, facts, literal);
    }
}
