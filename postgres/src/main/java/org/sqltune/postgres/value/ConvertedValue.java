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
 * @param field the expression in PostgreSQL
 * @param kind the kind of its values
 * @param affinity SQLite's affinity; {@link Affinity#NONE} except for columns and casts
 * @param nullable whether it may be NULL
 * @param facts facts about its texts
 * @param literal a {@link BigDecimal} or {@link String} if the expression is a literal, else null
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

    /** @param integer whether it is an integer in SQLite */
    public static ConvertedValue number(BigDecimal number, boolean integer) {
        boolean small = integer && number.toBigInteger().bitLength() < Integer.SIZE;
        ValueKind kind = !integer ? ValueKind.REAL : small ? ValueKind.INTEGER : ValueKind.BIGINT;
        Field<?> field = integer ? DSL.inline(number.longValueExact()) : DSL.inline(number);
        return new ConvertedValue(field, kind, Affinity.NONE, false, TextFacts.UNKNOWN, number);
    }

    public static ConvertedValue nothing() {
        return ConvertedValue.of(DSL.inline((Object) null), ValueKind.NULL, true);
    }

    /** Returns the literal's text; null if the expression isn't a literal text. */
    @Nullable
    public String literalText() {
        return literal instanceof String text ? text : null;
    }

    /** Returns the literal's number; null if the expression isn't a literal number. */
    @Nullable
    public BigDecimal literalNumber() {
        return literal instanceof BigDecimal number ? number : null;
    }

    /** Returns the same value with another expression. */
    public ConvertedValue as(Field<?> other) {
        return new ConvertedValue(other, kind, affinity, nullable, facts, null);
    }

    /** Returns the same value, marked as nullable. */
    public ConvertedValue orNull() {
        return new ConvertedValue(field, kind, affinity, true, facts, literal);
    }

    /** Returns the same text as a value of kind MIXED. */
    public ConvertedValue mixed() {
        return new ConvertedValue(field, ValueKind.MIXED, affinity, nullable, facts, null);
    }

    /** Returns the same value without affinity. */
    public ConvertedValue withoutAffinity() {
        return new ConvertedValue(field, kind, Affinity.NONE, nullable, facts, literal);
    }
}
