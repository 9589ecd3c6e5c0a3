package org.sqltune.data.wikisql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.wikisql.WikiSqlTables.WikiSqlTable;

/**
 * WikiSQL's form of a query (Zhong et al. 2017, arXiv:1709.00103; numbers as in {@code lib/query.py} of
 * github.com/salesforce/WikiSQL): one column of one table, optionally aggregated, under conditions connected by AND.
 *
 * @param selected the number of the selected column
 * @param aggregate the index in {@link #AGGREGATES}
 * @param conditions the conditions in the data's order
 */
public record WikiSqlQuery(int selected, int aggregate, List<Condition> conditions) {
    /** The name that WikiSQL's queries give to every table. */
    static final String TABLE = "table";

    /** The aggregate functions by number; number 0 is none. */
    public static final List<String> AGGREGATES = List.of("", "MAX", "MIN", "COUNT", "SUM", "AVG");
    /** The operators by number. */
    public static final List<String> OPERATORS = List.of("=", ">", "<");

    private static final Pattern NOTATION = Pattern.compile("[\\s\"'();]");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)");
    private static final Pattern FIRST_NUMBER = Pattern.compile("[-+]?\\d*\\.\\d+|\\d+");

    /**
     * A condition.
     *
     * @param column the column's number
     * @param operator the index in {@link #OPERATORS}
     * @param value the value to compare with
     * @param number whether the data writes it as a number
     */
    public record Condition(int column, int operator, String value, boolean number) {
        /**
         * Returns the value as SQL for a column of a type. For a {@code real} column, a text is read like in
         * WikiSQL's own execution: as a number with thousands separators, else as the first number in it.
         */
        String literal(String type) {
            if (type.equals("real") && !number) {
                String plain = value.strip().replace(",", "");
                if (WHOLE_NUMBER.matcher(plain).matches()) {
                    return plain;
                }
                Matcher first = FIRST_NUMBER.matcher(value);
                return first.find() ? first.group() : quoted();
            }
            return number && !type.equals("text") ? value : quoted();
        }

        private String quoted() {
            return "'" + value.replace("'", "''") + "'";
        }
    }

    public WikiSqlQuery {
        conditions = List.copyOf(conditions);
    }

    /**
     * Reads {@code {sel, agg, conds}} with any numbers, since predictions may contain any.
     *
     * @throws IllegalArgumentException if {@code sel}, {@code agg} or {@code conds} is missing or malformed
     */
    public static WikiSqlQuery of(JsonNode sql) {
        if (!sql.path("sel").isInt()
                || !sql.path("agg").isInt()
                || !sql.path("conds").isArray()) {
            throw new IllegalArgumentException("it lacks sel, agg or conds");
        }
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode each : sql.get("conds")) {
            if (each.size() != 3 || !each.get(0).isInt() || !each.get(1).isInt()) {
                throw new IllegalArgumentException("a condition isn't [column, operator, value]");
            }
            JsonNode value = each.get(2);
            conditions.add(new Condition(each.get(0).asInt(), each.get(1).asInt(), value.asText(), value.isNumber()));
        }
        return new WikiSqlQuery(sql.get("sel").asInt(), sql.get("agg").asInt(), conditions);
    }

    /** Reads a row's {@code sql} object, whose numbers must all be valid. */
    static WikiSqlQuery of(JsonRow row) {
        JsonNode sql = row.object().path("sql");
        requireNumber(row, sql.path("sel"), Integer.MAX_VALUE);
        requireNumber(row, sql.path("agg"), AGGREGATES.size());
        for (JsonNode condition : sql.path("conds")) {
            JsonNode value = condition.path(2);
            if (!value.isValueNode() || value.isNull()) {
                throw row.fault("a condition's value is " + value + "; make it a string or a number");
            }
            requireNumber(row, condition.path(0), Integer.MAX_VALUE);
            requireNumber(row, condition.path(1), OPERATORS.size());
        }
        try {
            return of(sql);
        } catch (IllegalArgumentException e) {
            throw row.fault("\"sql\" can't be read: " + e.getMessage() + "; take {sel, agg, conds} as published");
        }
    }

    /** Returns the numbers of all columns in the query. */
    List<Integer> columns() {
        return Stream.concat(Stream.of(selected), conditions.stream().map(Condition::column))
                .toList();
    }

    /** Returns the query as SQL. The table must have all its columns. */
    String toSql(WikiSqlTable table) {
        SortedMap<Integer, String> names = table.columns();
        String column = name(names, selected);
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(aggregate == 0 ? column : AGGREGATES.get(aggregate) + "(" + column + ")")
                .append(" FROM ")
                .append(SqlIdentifiers.quotedIfNeeded(TABLE));
        String joint = " WHERE ";
        for (Condition condition : conditions) {
            sql.append(joint)
                    .append(name(names, condition.column()))
                    .append(' ')
                    .append(OPERATORS.get(condition.operator()))
                    .append(' ')
                    .append(condition.literal(table.type(condition.column())));
            joint = " AND ";
        }
        return sql.toString();
    }

    /**
     * Returns whether a query's text names the same columns and values, in any order of conditions. Guards against
     * wrongly reconstructed headers.
     *
     * @param text a text of the form {@code SELECT COUNT NAME FROM table WHERE A = "x" AND B > "1" ;}; quotes and
     *     brackets may be missing
     */
    boolean agreesWith(String text, SortedMap<Integer, String> names) {
        String rest = bare(text);
        String head = bare("SELECT" + AGGREGATES.get(aggregate) + names.get(selected) + "FROM" + TABLE);
        if (!rest.startsWith(head)) {
            return false;
        }
        rest = rest.substring(head.length());
        for (Condition condition : conditions) {
            String part = bare(names.get(condition.column()) + OPERATORS.get(condition.operator()) + condition.value());
            int found = rest.indexOf(part);
            if (found < 0) {
                return false;
            }
            rest = rest.substring(0, found) + rest.substring(found + part.length());
        }
        return rest.replaceFirst("^where", "").replace("and", "").isEmpty();
    }

    /** Returns the text without differences of spelling. */
    private static String bare(String text) {
        return NOTATION.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static String name(SortedMap<Integer, String> names, int column) {
        return SqlIdentifiers.quotedIfNeeded(names.getOrDefault(column, ""));
    }

    private static void requireNumber(JsonRow row, JsonNode node, int limit) {
        if (!node.isInt() || node.intValue() < 0 || node.intValue() >= limit) {
            throw row.fault(
                    "\"sql\" holds " + node + " where WikiSQL has a number; take {sel, agg, conds} as published");
        }
    }
}
