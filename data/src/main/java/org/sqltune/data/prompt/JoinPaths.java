package org.sqltune.data.prompt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/** Ways from table to table along a schema's foreign keys, in either direction. */
final class JoinPaths {
    private final Schema schema;

    JoinPaths(Schema schema) {
        this.schema = schema;
    }

    /** The fewest tables along foreign keys from any of {@code from} to {@code to}, which is among them. */
    List<Table> shortest(Set<Table> from, Table to) {
        Map<Table, Table> cameFrom = new HashMap<>();
        Deque<Table> queue = new ArrayDeque<>(from);
        Set<Table> seen = new HashSet<>(from);
        while (!queue.isEmpty() && !seen.contains(to)) {
            Table table = queue.remove();
            for (Table next : neighbours(table)) {
                if (seen.add(next)) {
                    cameFrom.put(next, table);
                    queue.add(next);
                }
            }
        }
        List<Table> path = new ArrayList<>(List.of(to));
        for (Table at = cameFrom.get(to); at != null; at = cameFrom.get(at)) {
            path.add(at);
        }
        return path;
    }

    private List<Table> neighbours(Table table) {
        return schema.tables().stream()
                .filter(other -> schema.foreignKeys().stream()
                        .anyMatch(key -> joins(key, table, other) || joins(key, other, table)))
                .toList();
    }

    private static boolean joins(ForeignKey key, Table from, Table to) {
        return key.table().equalsIgnoreCase(from.name())
                && key.referencedTable().equalsIgnoreCase(to.name());
    }
}
