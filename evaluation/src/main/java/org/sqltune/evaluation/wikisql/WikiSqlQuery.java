package org.sqltune.evaluation.wikisql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A query in WikiSQL's form: {@code {"sel": 3, "agg": 0, "conds": [[0, 0, "x"]]}}.
 *
 * @param column the selected column's number
 * @param aggregate the place of its function in {@link #AGGREGATES}
 * @param conditions all of which hold
 */
public record WikiSqlQuery(int column, int aggregate, List<Condition> conditions) {
    /** The functions by their number; the first is none. */
    public static final List<String> AGGREGATES = List.of("", "MAX", "MIN", "COUNT", "SUM", "AVG");
    /** The operators by their number. */
    public static final List<String> OPERATORS = List.of("=", ">", "<", "OP");

    public WikiSqlQuery {
        conditions = List.copyOf(conditions);
    }

    /**
     * A condition.
     *
     * @param column the column's number
     * @param operator its place in {@link #OPERATORS}
     * @param value as Python writes it: numbers as {@code 3} or {@code 2.5}
     * @param numeric whether the value was a number and not a text
     */
    public record Condition(int column, int operator, String value, boolean numeric) {}

    /**
     * Reads a query.
     *
     * @throws IllegalArgumentException if it has no {@code sel}, {@code agg} or {@code conds}, or one of them is odd
     */
    public static WikiSqlQuery of(JsonNode node) {
        if (!node.path("sel").isInt()
                || !node.path("agg").isInt()
                || !node.path("conds").isArray()) {
            throw new IllegalArgumentException("it lacks sel, agg or conds");
        }
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode each : node.get("conds")) {
            if (each.size() != 3 || !each.get(0).isInt() || !each.get(1).isInt()) {
                throw new IllegalArgumentException("a condition isn't [column, operator, value]");
            }
            JsonNode value = each.get(2);
            conditions.add(new Condition(each.get(0).asInt(), each.get(1).asInt(), value.asText(), value.isNumber()));
        }
        return new WikiSqlQuery(node.get("sel").asInt(), node.get("agg").asInt(), conditions);
    }

    /** Logical form: same column and function, and the same set of conditions, values compared in lower case. */
    public boolean sameForm(WikiSqlQuery other) {
        return column == other.column
                && aggregate == other.aggregate
                && comparable().equals(other.comparable());
    }

    private Set<List<Object>> comparable() {
        Set<List<Object>> set = new HashSet<>();
        conditions.forEach(each ->
                set.add(List.of(each.column(), each.operator(), each.value().toLowerCase(Locale.ROOT))));
        return set;
    }

    /** For a reader: the query with the columns' numbers. */
    public String text() {
        String selected = "col" + column;
        String function = aggregate > 0 && aggregate < AGGREGATES.size() ? AGGREGATES.get(aggregate) : "";
        StringBuilder text = new StringBuilder("SELECT ")
                .append(function.isEmpty() ? selected : function + "(" + selected + ")")
                .append(" FROM table");
        String before = " WHERE ";
        for (Condition each : conditions) {
            String operator =
                    each.operator() >= 0 && each.operator() < OPERATORS.size() ? OPERATORS.get(each.operator()) : "?";
            text.append(before)
                    .append("col")
                    .append(each.column())
                    .append(' ')
                    .append(operator)
                    .append(' ')
                    .append(each.numeric() ? each.value() : "'" + each.value().replace("'", "''") + "'");
            before = " AND ";
        }
        return text.toString();
    }
}
