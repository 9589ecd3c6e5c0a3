package org.sqltune.data.prompt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sqltune.core.schema.ForeignKey;

/** Finds paths between tables along foreign keys, in either direction. Tables are numbered in the schema's order. */
final class JoinPaths {
    private final List<List<Integer>> neighbours = new ArrayList<>();

    JoinPaths(SchemaIndex index) {
        List<Set<Integer>> found = new ArrayList<>();
        index.schema().tables().forEach(table -> found.add(new TreeSet<>()));
        for (ForeignKey key : index.schema().foreignKeys()) {
            int from = index.number(key.table());
            int to = index.number(key.referencedTable());
            if (from >= 0 && to >= 0) {
                found.get(from).add(to);
                found.get(to).add(from);
            }
        }
        found.forEach(each -> neighbours.add(List.copyOf(each)));
    }

    /** Returns the tables on a shortest path from any of {@code from} to {@code to}, including {@code to}. */
    List<Integer> shortest(Set<Integer> from, int to) {
        if (from.contains(to) || neighbours.get(to).stream().anyMatch(from::contains)) {
            return List.of(to);
        }
        Map<Integer, Integer> cameFrom = new HashMap<>();
        Deque<Integer> queue = new ArrayDeque<>(from);
        BitSet seen = new BitSet();
        from.forEach(seen::set);
        while (!queue.isEmpty() && !seen.get(to)) {
            int table = queue.remove();
            for (int next : neighbours.get(table)) {
                if (!seen.get(next)) {
                    seen.set(next);
                    cameFrom.put(next, table);
                    queue.add(next);
                }
            }
        }
        List<Integer> path = new ArrayList<>(List.of(to));
        for (Integer at = cameFrom.get(to); at != null; at = cameFrom.get(at)) {
            path.add(at);
        }
        return path;
    }
}
