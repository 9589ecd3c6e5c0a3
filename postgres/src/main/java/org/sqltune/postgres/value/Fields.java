package org.sqltune.postgres.value;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Builds parts of statements. {@link ConvertedValue} has the types of expressions; jOOQ's own types aren't used. */
public final class Fields {
    private Fields() {}

    /** Returns the field with the type that a method of jOOQ requires. */
    @SuppressWarnings("unchecked") // the type parameter is only jOOQ's memory of the Java type that a row would hold
    public static <T> Field<T> typed(Field<?> field) {
        return (Field<T>) field;
    }

    /** Returns the query with the row type that a method of jOOQ requires. */
    @SuppressWarnings("unchecked") // as above
    public static Select<Record1<Object>> column(Select<?> select) {
        return (Select<Record1<Object>>) select;
    }

    /** Returns an expression for which jOOQ has no method; {@code {0}} stands for the first part. */
    public static Field<Object> sql(String template, QueryPart... parts) {
        return DSL.field(template, Object.class, parts);
    }

    /** Returns a condition for which jOOQ has no method; {@code {0}} stands for the first part. */
    public static Condition test(String template, QueryPart... parts) {
        return DSL.condition(template, parts);
    }

    public static Field<?> castToText(Field<?> field) {
        return field.cast(SQLDataType.CLOB);
    }

    public static Field<?> castToNumeric(Field<?> field) {
        return field.cast(SQLDataType.NUMERIC);
    }

    public static Field<?> castToInteger(Field<?> field) {
        return field.cast(SQLDataType.INTEGER);
    }

    public static Field<?> castToTimestamp(Field<?> field) {
        return field.cast(SQLDataType.LOCALDATETIME);
    }

    public static Field<?> castToDate(Field<?> field) {
        return field.cast(SQLDataType.LOCALDATE);
    }

    /** Returns {@code CASE WHEN condition THEN result END}. */
    public static Field<?> when(Condition condition, Field<?> result) {
        return DSL.when(condition, typed(result));
    }

    /** Returns {@code CASE WHEN condition THEN result ELSE otherwise END}. */
    public static Field<?> when(Condition condition, Field<?> result, Field<?> otherwise) {
        return DSL.when(condition, Fields.<Object>typed(result)).otherwise(Fields.<Object>typed(otherwise));
    }

    /** Returns the condition that SQLite converts the text to a number. */
    static Condition looksNumeric(Field<?> text) {
        return test("{0} ~ {1}", text, DSL.inline("^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*$"));
    }

    /** Returns the first value that isn't NULL. */
    public static Field<?> coalesce(List<? extends Field<?>> fields) {
        // Named, because the overload for objects would accept a field too.
        return DSL.<String>coalesce(
                Fields.<String>typed(fields.get(0)),
                fields.subList(1, fields.size()).toArray(Field<?>[]::new));
    }

    /** Returns NULL if both are equal, else the first. */
    public static Field<?> nullIf(Field<?> field, Field<?> other) {
        return DSL.<String>nullif(Fields.<String>typed(field), Fields.<String>typed(other));
    }
}
