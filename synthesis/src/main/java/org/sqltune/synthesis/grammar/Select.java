package org.sqltune.synthesis.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT statement by clause.
 *
 * @param distinct whether DISTINCT applies
 * @param columns the select list
 * @param from a table or a join
 * @param where a condition, or null
 * @param groupBy an expression, or null
 * @param having a condition on groups, or null
 * @param orderBy an expression, or null
 * @param descending the direction of {@code orderBy}
 * @param limit the LIMIT; 0 for none
 */
public record Select(
        boolean distinct,
        List<String> columns,
        String from,
        @Nullable String where,
        @Nullable String groupBy,
        @Nullable String having,
        @Nullable String orderBy,
        boolean descending,
        int limit) {

    public Select {
        columns = List.copyOf(columns);
    }

    /** Returns {@code SELECT columns FROM from}. */
    public static Select of(String from, String... columns) {
        return new Select(false, List.of(columns), from, null, null, null, null, false, 0);
    }

    /** Returns this statement with another select list. */
    public Select withColumns(String... list) {
        return new Select(distinct, List.of(list), from, where, groupBy, having, orderBy, descending, limit);
    }

    /** Returns this statement with DISTINCT. */
    public Select withDistinct() {
        return new Select(true, columns, from, where, groupBy, having, orderBy, descending, limit);
    }

    /** Returns this statement with WHERE; null leaves it out. */
    public Select where(@Nullable String condition) {
        return new Select(distinct, columns, from, condition, groupBy, having, orderBy, descending, limit);
    }

    /** Returns this statement with GROUP BY. */
    public Select groupBy(String expression) {
        return new Select(distinct, columns, from, where, expression, having, orderBy, descending, limit);
    }

    /** Returns this statement with HAVING. */
    public Select having(String condition) {
        return new Select(distinct, columns, from, where, groupBy, condition, orderBy, descending, limit);
    }

    /** Returns this statement with ORDER BY. */
    public Select orderBy(String expression, boolean down) {
        return new Select(distinct, columns, from, where, groupBy, having, expression, down, limit);
    }

    /** Returns this statement with LIMIT. */
    public Select limit(int rows) {
        return new Select(distinct, columns, from, where, groupBy, having, orderBy, descending, rows);
    }

    /** Returns the SQL without semicolon. */
    public String sql() {
        StringBuilder sql = new StringBuilder(distinct ? "SELECT DISTINCT " : "SELECT ");
        sql.append(String.join(", ", columns)).append(" FROM ").append(from);
        clause(sql, " WHERE ", where);
        clause(sql, " GROUP BY ", groupBy);
        clause(sql, " HAVING ", having);
        if (orderBy != null) {
            sql.append(" ORDER BY ").append(orderBy).append(descending ? " DESC" : " ASC");
        }
        if (limit > 0) {
            sql.append(" LIMIT ").append(limit);
        }
        return sql.toString();
    }

    /**
     * Returns a query whose rows must all differ for the answer to be unique: the ORDER BY expression, one row beyond
     * the limit. Null if the statement has no ORDER BY with LIMIT.
     */
    public @Nullable String tieProbe() {
        if (orderBy == null || limit == 0) {
            return null;
        }
        return new Select(false, List.of(orderBy), from, where, groupBy, having, orderBy, descending, limit + 1).sql();
    }

    private static void clause(StringBuilder sql, String keyword, @Nullable String text) {
        if (text != null) {
            sql.append(keyword).append(text);
        }
    }
}
