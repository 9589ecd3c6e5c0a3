package org.sqltune.data.prompt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;

/** Indexes a schema's foreign keys by table, and orders tables so that they can be created. */
final class SchemaIndex {
    private final Schema schema;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<List<ForeignKey>> from = new ArrayList<>();
    private final List<List<ForeignKey>> to = new ArrayList<>();

    SchemaIndex(Schema schema) {
        this.schema = schema;
        for (Table table : schema.tables()) {
            numbers.putIfAbsent(lower(table.name()), numbers.size());
            from.add(new ArrayList<>());
            to.add(new ArrayList<>());
        }
        for (ForeignKey key : schema.foreignKeys()) {
            add(key.table(), key, from);
            add(key.referencedTable(), key, to);
        }
    }

    private void add(String table, ForeignKey key, List<List<ForeignKey>> lists) {
        Integer number = numbers.get(lower(table));
        if (number != null) {
            lists.get(number).add(key);
        }
    }

    Schema schema() {
        return schema;
    }

    SqlDialect dialect() {
        return schema.dialect();
    }

    /** Returns the foreign keys of a table, in the schema's order. */
    List<ForeignKey> from(String table) {
        Integer number = numbers.get(lower(table));
        return number == null ? List.of() : from.get(number);
    }

    /** Returns the foreign keys that refer to a table, in the schema's order. */
    List<ForeignKey> to(String table) {
        Integer number = numbers.get(lower(table));
        return number == null ? List.of() : to.get(number);
    }

    /** Returns a table's index in the schema; -1 if there is no such table. */
    int number(String table) {
        return numbers.getOrDefault(lower(table), -1);
    }

    /**
     * Returns the tables' indices with referenced tables before the tables that refer to them, except in cycles;
     * otherwise in the schema's order.
     */
    List<Integer> referredFirst() {
        List<Integer> ordered = new ArrayList<>();
        boolean[] seen = new boolean[from.size()];
        for (int i = 0; i < seen.length; i++) {
            visit(i, seen, ordered);
        }
        return ordered;
    }

    /** Visits tables depth first, with an explicit stack, since chains of references can be long. */
    private void visit(int start, boolean[] seen, List<Integer> ordered) {
        Deque<int[]> path = new ArrayDeque<>();
        if (!seen[start]) {
            seen[start] = true;
            path.push(new int[] {start, 0});
        }
        while (!path.isEmpty()) {
            int[] at = path.element();
            List<ForeignKey> keys = from.get(at[0]);
            if (at[1] == keys.size()) {
                ordered.add(path.pop()[0]);
                continue;
            }
            int next = number(keys.get(at[1]++).referencedTable());
            if (next >= 0 && !seen[next]) {
                seen[next] = true;
                path.push(new int[] {next, 0});
            }
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
