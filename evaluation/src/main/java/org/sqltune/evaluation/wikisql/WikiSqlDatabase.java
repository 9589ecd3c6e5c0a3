package org.sqltune.evaluation.wikisql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.data.wikisql.WikiSqlQuery;

/**
 * Runs WikiSQL's queries on its database, whose tables have names like {@code table_1_1000181_1} and whose columns
 * names like {@code col0}. Thread-safe.
 */
final class WikiSqlDatabase {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d*\\.\\d+|\\d+");
    /** The official script's pattern of a number, which allows commas between digits. */
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:\\d[\\d,]*)?(?:\\.\\d*)?(?:[eE][-+]?\\d+)?");

    private final SqlExecutor executor;
    private final Map<String, Map<String, String>> types = new ConcurrentHashMap<>();

    WikiSqlDatabase(SqlExecutor executor) {
        this.executor = executor;
    }

    /** Returns the values of the selected column; empty if the query can't be run, where the official script fails. */
    Optional<List<@Nullable Object>> run(String tableId, WikiSqlQuery query) {
        String table = "table_" + tableId.replace('-', '_');
        try {
            String sql = sql(tableId.startsWith("table") ? tableId : table, query);
            QueryResult result = executor.execute(sql);
            List<@Nullable Object> values = new ArrayList<>();
            result.rows().forEach(row -> values.add(comparable(row.get(0))));
            return result.truncated() ? Optional.empty() : Optional.of(values);
        } catch (SqlExecutionException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String sql(String table, WikiSqlQuery query) {
        Map<String, String> columns = types.computeIfAbsent(table, this::columnTypes);
        String selected = "col" + query.selected();
        String function = element(WikiSqlQuery.AGGREGATES, query.aggregate());
        List<String> conditions = new ArrayList<>();
        Map<Integer, String> values = new HashMap<>();
        // The official script binds values by column name: of two conditions on one column, the last value applies to
        // both.
        for (WikiSqlQuery.Condition each : query.conditions()) {
            values.put(each.column(), literal(each, columns));
        }
        for (WikiSqlQuery.Condition each : query.conditions()) {
            conditions.add("col" + each.column() + " " + element(WikiSqlQuery.OPERATORS, each.operator()) + " "
                    + values.get(each.column()));
        }
        return "SELECT " + (function.isEmpty() ? selected : function + "(" + selected + ")") + " FROM \"" + table + "\""
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    private static String element(List<String> names, int index) {
        if (index < 0 || index >= names.size()) {
            throw new IllegalArgumentException("there is no number " + index);
        }
        return names.get(index);
    }

    private Map<String, String> columnTypes(String table) {
        Map<String, String> found = new HashMap<>();
        String name = table.replace("'", "''");
        executor.execute("SELECT name, type FROM pragma_table_info('" + name + "')")
                .rows()
                .forEach(row -> found.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
        return found;
    }

    /** Returns the value in lower case; for a numeric column as a number. */
    private static String literal(WikiSqlQuery.Condition condition, Map<String, String> columns) {
        String type = columns.get("col" + condition.column());
        if (type == null) {
            throw new IllegalArgumentException("there is no column " + condition.column());
        }
        String value = condition.value().toLowerCase(Locale.ROOT);
        if (condition.number()) {
            return value;
        }
        return type.equalsIgnoreCase("real") ? String.valueOf(number(value)) : "'" + value.replace("'", "''") + "'";
    }

    private static double number(String value) {
        if (!value.isEmpty()
                && DECIMAL.matcher(value).matches()
                && NUMBER.matcher(value).find()) {
            return Double.parseDouble(value.replace(",", ""));
        }
        Matcher number = NUMBER.matcher(value);
        if (!number.find()) {
            throw new IllegalArgumentException("\"" + value + "\" has no number in it");
        }
        return Double.parseDouble(number.group());
    }

    /** Returns a value for which an integer equals the same number as a float, as in Python. */
    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof Long number ? (Object) number.doubleValue() : value;
    }
}
