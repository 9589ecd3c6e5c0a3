package org.sqltune.evaluation.spider.grammar;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables and columns that queries may name, in lower case, and the ids that represent them in comparisons. The
 * official evaluator reads them from the SQLite file, which may differ from {@code tables.json}.
 */
public final class QuerySchema {
    /** The id of {@code *}. */
    static final String ALL_COLUMNS = "__all__";

    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    /** @param tables column names by table name */
    public QuerySchema(Map<String, List<String>> tables) {
        tables.forEach((table, names) ->
                columns.put(lower(table), names.stream().map(QuerySchema::lower).toList()));
        ids.put("*", ALL_COLUMNS);
        columns.forEach((table, names) -> names.forEach(name -> ids.put(table + "." + name, columnId(table, name))));
        columns.keySet().forEach(table -> ids.put(table, "__" + table + "__"));
    }

    /** Returns the id of a column. */
    public static String columnId(String table, String column) {
        return "__" + lower(table) + "." + lower(column) + "__";
    }

    /** Returns the tables' names, in lower case. */
    Set<String> tables() {
        return columns.keySet();
    }

    /** Returns whether the table has a column of that name, in lower case; null if there is no such table. */
    @Nullable
    Boolean hasColumn(String table, String column) {
        List<String> names = columns.get(table);
        return names == null ? null : names.contains(column);
    }

    /** Returns the id of {@code table}, {@code table.column} or {@code *}; null if there is none. */
    @Nullable
    String id(String name) {
        return ids.get(name);
    }

    /** Returns the ids of all columns of all tables. */
    public Set<String> columnIds(Set<String> tableIds) {
        Set<String> found = new java.util.HashSet<>();
        for (String id : ids.values()) {
            int point = id.indexOf('.');
            if (point >= 0 && tableIds.contains(id.substring(0, point) + "__")) {
                found.add(id);
            }
        }
        return found;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
