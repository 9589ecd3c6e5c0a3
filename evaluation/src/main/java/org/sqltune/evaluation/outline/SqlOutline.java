package org.sqltune.evaluation.outline;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query's clauses in canonical writing: names in lower case, aliases replaced by what they stand for, columns with their
 * table where it can be told. Lists whose order means nothing are sorted.
 *
 * @param distinct whether the select list begins with DISTINCT
 * @param select the select list, sorted
 * @param columns the select list without functions and DISTINCT, sorted
 * @param aggregates the aggregate functions of select list, HAVING and ORDER BY, sorted
 * @param tables the tables of FROM, sorted; a subquery is its own text
 * @param joins conditions of ON and USING, and the kinds of joins other than inner, sorted
 * @param where the conditions of WHERE, sorted; each {@code or} between them is an entry of its own
 * @param groupBy what is grouped by, sorted
 * @param having the conditions of HAVING, as those of WHERE
 * @param orderBy what is ordered by, in order
 * @param limit what follows LIMIT; empty if there is none
 * @param setOperations set operators, each with the query behind it, in order
 * @param subqueries how many queries stand in parentheses
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

    /** What one component of the query says; two queries agree in it if this is equal. */
    public Object component(QueryComponent component) {
        return switch (component) {
            case SELECT -> List.of(distinct, select);
            case WHERE -> where;
            case JOIN -> List.of(tables, joins);
            case GROUP -> List.of(groupBy, having);
            case ORDER -> List.of(orderBy, limit);
        };
    }

    /** Whether the query has the component at all. Every query has a select list; a join needs two tables. */
    public boolean has(QueryComponent component) {
        return switch (component) {
            case SELECT -> !select.isEmpty();
            case WHERE -> !where.isEmpty();
            case JOIN -> tables.size() > 1 || !joins.isEmpty();
            case GROUP -> !groupBy.isEmpty() || !having.isEmpty();
            case ORDER -> !orderBy.isEmpty() || !limit.isEmpty();
        };
    }

    /** The query as one text, by which subqueries are compared. */
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
}
