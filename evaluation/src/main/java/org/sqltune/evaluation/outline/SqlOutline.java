package org.sqltune.evaluation.outline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query's clauses in canonical form: names in lower case, aliases resolved, columns qualified by their table where
 * it is known. Lists whose order doesn't matter are sorted.
 *
 * @param distinct whether the select list begins with DISTINCT
 * @param select the select list, sorted
 * @param columns the select list without functions and DISTINCT, sorted
 * @param aggregates the aggregate functions of select list, HAVING and ORDER BY, sorted
 * @param tables the tables of FROM, sorted; a subquery is given as text
 * @param joins conditions of ON and USING, and join types other than inner, sorted
 * @param where the conditions of WHERE, sorted; each {@code or} between them is a separate entry
 * @param groupBy the expressions of GROUP BY, sorted
 * @param having the conditions of HAVING, in the same form as those of WHERE
 * @param orderBy the terms of ORDER BY, in order
 * @param limit the expression of LIMIT; empty if there is none
 * @param setOperations set operators, each with its right-hand query, in order
 * @param subqueries number of queries in parentheses
 */
public record SqlOutline(
        boolean distinct,
        List<String> select,
        List<String> columns,
        List<String> aggregates,
        List<String> tables,
        List<String> joins,
        List<String> where,
        List<String> groupBy,
        List<String> having,
        List<String> orderBy,
        String limit,
        List<String> setOperations,
        int subqueries) {

    public SqlOutline {
        select = List.copyOf(select);
        columns = List.copyOf(columns);
        aggregates = List.copyOf(aggregates);
        tables = List.copyOf(tables);
        joins = List.copyOf(joins);
        where = List.copyOf(where);
        groupBy = List.copyOf(groupBy);
        having = List.copyOf(having);
        orderBy = List.copyOf(orderBy);
        setOperations = List.copyOf(setOperations);
    }

    /** Returns the value of a component; two queries agree in the component if these values are equal. */
    public Object component(QueryComponent component) {
        return switch (component) {
            case SELECT -> List.of(distinct, select);
            case WHERE -> where;
            case JOIN -> List.of(tables, joins);
            case GROUP -> List.of(groupBy, having);
            case ORDER -> List.of(orderBy, limit);
        };
    }

    /** Returns whether the query has the component. Every query has a select list; a join needs two tables. */
    public boolean has(QueryComponent component) {
        return switch (component) {
            case SELECT -> !select.isEmpty();
            case WHERE -> !where.isEmpty();
            case JOIN -> tables.size() > 1 || !joins.isEmpty();
            case GROUP -> !groupBy.isEmpty() || !having.isEmpty();
            case ORDER -> !orderBy.isEmpty() || !limit.isEmpty();
        };
    }

    /** Returns the query as one text, for comparing subqueries. */
    String canonical() {
        return Stream.of(
                        distinct ? "select distinct" : "select",
                        String.join(" , ", select),
                        clause("from", tables),
                        clause("on", joins),
                        clause("where", where),
                        clause("group by", groupBy),
                        clause("having", having),
                        clause("order by", orderBy),
                        limit.isEmpty() ? "" : "limit " + limit,
                        String.join(" ", setOperations))
                .filter(clause -> !clause.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String clause(String name, List<String> entries) {
        return entries.isEmpty() ? "" : name + " " + String.join(" , ", entries);
    }

    /** Parts of a query that are scored separately. */
    public enum QueryComponent {
        /** The select list in any order, and DISTINCT. */
        SELECT,
        /** The conditions of WHERE in any order, values included. */
        WHERE,
        /** The tables and their join conditions. */
        JOIN,
        /** GROUP BY and HAVING. */
        GROUP,
        /** ORDER BY and LIMIT. */
        ORDER;

        /** Returns the name in reports. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
