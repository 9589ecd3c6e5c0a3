package org.sqltune.core.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole query.
 *
 * @param recursive whether {@code RECURSIVE} follows {@code WITH}; it changes nothing in SQLite
 * @param tables those that {@code WITH} defines
 * @param body what yields rows
 * @param orderBy outermost order; empty if none
 * @param limit null if none
 * @param offset null if none
 */
public record Query(
        boolean recursive,
        List<NamedQuery> tables,
        Body body,
        List<OrderTerm> orderBy,
        @Nullable Expression limit,
        @Nullable Expression offset) {

    /**
     * {@code name (columns) AS MATERIALIZED (query)}.
     *
     * @param columns empty: those of the query
     * @param materialized null where it isn't said, false for {@code NOT MATERIALIZED}
     */
    public record NamedQuery(
            String name, List<String> columns, @Nullable Boolean materialized, Query query) {}

    /** {@code value ASC|DESC NULLS FIRST|LAST}; {@code nullsFirst} is null where it isn't said. */
    public record OrderTerm(
            Expression value, boolean descending, @Nullable Boolean nullsFirst) {}

    /** What yields rows. */
    public sealed interface Body {}

    /**
     * One SELECT.
     *
     * @param from null if there is none
     * @param windows those that {@code WINDOW} defines
     */
    public record Select(
            boolean distinct,
            List<Result> results,
            @Nullable FromItem from,
            @Nullable Expression where,
            List<Expression> groupBy,
            @Nullable Expression having,
            List<NamedWindow> windows)
            implements Body {}

    /** {@code name AS (window)} behind {@code WINDOW}. */
    public record NamedWindow(String name, Window window) {}

    /** Two bodies under {@code UNION}, {@code UNION ALL}, {@code INTERSECT} or {@code EXCEPT}; these group leftwards. */
    public record Compound(String operator, Body left, Body right) implements Body {}

    /** {@code VALUES (…), (…)}. */
    public record Values(List<List<Expression>> rows) implements Body {}

    /** One entry of a select list. */
    public sealed interface Result {}

    /** {@code *}, or {@code table.*}. */
    public record Star(@Nullable String table) implements Result {}

    /** {@code value AS alias}; {@code text} is the value as it was written, which is its name without an alias. */
    public record Column(Expression value, @Nullable String alias, String text) implements Result {}

    /** What stands behind FROM. */
    public sealed interface FromItem {}

    /**
     * A table, a view, a query that {@code WITH} names, or a function that returns a table.
     *
     * @param schema the attached database's name; null if it isn't given
     * @param arguments of the function; null if it is none
     * @param index what {@code INDEXED BY} names; empty for {@code NOT INDEXED}, null for neither
     */
    public record TableName(
            @Nullable String schema,
            String name,
            @Nullable String alias,
            @Nullable List<Expression> arguments,
            @Nullable String index)
            implements FromItem {
        /** What columns are qualified by. */
        public String calledBy() {
            return alias == null ? name : alias;
        }
    }

    /** A query in parentheses. */
    public record SubqueryTable(Query query, @Nullable String alias) implements FromItem {}

    /** Joined items in parentheses, under a name of their own. */
    public record JoinedTables(FromItem inside, String alias) implements FromItem {}

    /**
     * Two items joined.
     *
     * @param kind {@code INNER}, {@code LEFT}, {@code RIGHT}, {@code FULL} or {@code CROSS}; a comma is {@code CROSS}
     * @param on null if there is no ON
     * @param using empty if there is no USING
     */
    public record Join(
            FromItem left,
            FromItem right,
            String kind,
            boolean natural,
            @Nullable Expression on,
            List<String> using) implements FromItem {}
}
