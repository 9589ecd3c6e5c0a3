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

    /** {@code ?}, {@code ?1}, {@code :name}, {@code @name} or {@code $name}, as written. */
    record Parameter(String text) implements Expression {}

    /**
     * A column, an alias or, if in double quotes and neither, a text.
     *
     * @param schema the attached database's name, such as {@code main}; null if it isn't given
     * @param table what stands before the last dot; null if nothing
     * @param name without quotes
     * @param doubleQuoted whether it is a text where no column of that name exists
     */
    record ColumnName(@Nullable String schema, @Nullable String table, String name, boolean doubleQuoted)
            implements Expression {}

    /** {@code -}, {@code +}, {@code ~} or {@code NOT} before its operand. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** Two operands around an operator; {@code IS} and {@code IS NOT} are such operators, too. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code LIKE}, {@code GLOB}, {@code REGEXP} or {@code MATCH}; SQLite itself has no function for the last two. */
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

    /** {@code value IN (query)}; {@code value IN table} is the query of all the table's rows. */
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

    /** {@code CAST(value AS type(sizes))}; the type may have several words, or none. */
    record Cast(Expression value, String type, List<String> sizes) implements Expression {}

    /**
     * A function.
     *
     * @param name in lower case
     * @param star whether its argument is {@code *}
     * @param orderBy the order in which an aggregate takes its rows; empty if none
     * @param filter the condition in {@code FILTER (WHERE …)}; null if none
     * @param window null unless it is a window function
     */
    record Call(
            String name,
            boolean distinct,
            boolean star,
            List<Expression> arguments,
            List<Query.OrderTerm> orderBy,
            @Nullable Expression filter,
            @Nullable Window window)
            implements Expression {}

    /** {@code EXISTS (query)}. */
    record Exists(Query query) implements Expression {}

    /** A query as a value: its first row's only column. */
    record Subquery(Query query) implements Expression {}

    /** {@code value COLLATE name}. */
    record Collate(Expression value, String collation) implements Expression {}

    /** {@code (a, b)}. */
    record RowValue(List<Expression> items) implements Expression {}
}
