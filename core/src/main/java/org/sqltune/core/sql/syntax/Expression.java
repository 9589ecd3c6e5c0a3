package org.sqltune.core.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of SQLite. Operators and keywords are in upper case, {@code ==} and {@code !=} in standard spelling. */
public sealed interface Expression {
    /** {@code 12}, {@code 1e3}, {@code 0xff}, as written. */
    record NumberLiteral(String text) implements Expression {}

    /** Text, without its quotes. */
    record TextLiteral(String text) implements Expression {}

    /** {@code x'cafe'}, its digits. */
    record BlobLiteral(String digits) implements Expression {}

    /** {@code NULL}. */
    record NullLiteral() implements Expression {}

    /** {@code CURRENT_DATE}, {@code CURRENT_TIME} or {@code CURRENT_TIMESTAMP}. */
    record CurrentTime(String keyword) implements Expression {}

    /**
     * A column, an alias or, if in double quotes and neither, a text.
     *
     * @param table what stands before the dot; null if nothing
     * @param name without quotes
     * @param doubleQuoted whether it is a text where no column of that name exists
     */
    record ColumnName(@Nullable String table, String name, boolean doubleQuoted) implements Expression {}

    /** {@code -}, {@code +}, {@code ~} or {@code NOT} before its operand. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** Two operands around an operator; {@code IS} and {@code IS NOT} are such operators, too. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code LIKE} or {@code GLOB}. */
    record Like(
            String operator,
            boolean negated,
            Expression value,
            Expression pattern,
            @Nullable Expression escape) implements Expression {}

    /** {@code value BETWEEN low AND high}. */
    record Between(boolean negated, Expression value, Expression low, Expression high) implements Expression {}

    /** {@code value IN (items)}. */
    record InList(boolean negated, Expression value, List<Expression> items) implements Expression {}

    /** {@code value IN (query)}. */
    record InQuery(boolean negated, Expression value, Query query) implements Expression {}

    /** {@code value IS NULL}, or its opposite. */
    record NullTest(boolean negated, Expression value) implements Expression {}

    /** {@code CASE base WHEN … END}; without a base, conditions stand behind WHEN. */
    record Case(
            @Nullable Expression base,
            List<When> whens,
            @Nullable Expression otherwise) implements Expression {}

    /** {@code WHEN condition THEN result}. */
    record When(Expression condition, Expression result) {}

    /** {@code CAST(value AS type)}. */
    record Cast(Expression value, String type) implements Expression {}

    /**
     * A function.
     *
     * @param name in lower case
     * @param star whether its argument is {@code *}
     * @param filter the condition in {@code FILTER (WHERE …)}; null if none
     */
    record Call(
            String name,
            boolean distinct,
            boolean star,
            List<Expression> arguments,
            @Nullable Expression filter) implements Expression {}

    /** {@code EXISTS (query)}. */
    record Exists(Query query) implements Expression {}

    /** A query as a value: its first row's only column. */
    record Subquery(Query query) implements Expression {}

    /** {@code value COLLATE name}. */
    record Collate(Expression value, String collation) implements Expression {}

    /** {@code (a, b)}. */
    record RowValue(List<Expression> items) implements Expression {}
}
