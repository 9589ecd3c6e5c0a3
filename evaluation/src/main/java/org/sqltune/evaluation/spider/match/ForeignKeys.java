package org.sqltune.evaluation.spider.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Columns that count as equal because foreign keys link them ({@code build_foreign_key_map}): the first column of a
 * group in {@code tables.json} represents it. Groups form in the order of the keys and never merge.
 *
 * @param representatives the representative's id, by column id
 */
public record ForeignKeys(Map<String, String> representatives) {
    /** No foreign keys. */
    public static final ForeignKeys NONE = new ForeignKeys(Map.of());

    public ForeignKeys {
        representatives = Map.copyOf(representatives);
    }

    /**
     * @param columnIds the ids of {@code column_names_original}, in order
     * @param keys pairs of indices into {@code columnIds}
     */
    public static ForeignKeys of(List<String> columnIds, List<List<Integer>> keys) {
        List<TreeSet<Integer>> groups = new ArrayList<>();
        for (List<Integer> key : keys) {
            TreeSet<Integer> group = groups.stream()
                    .filter(known -> known.contains(key.get(0)) || known.contains(key.get(1)))
                    .findFirst()
                    .orElseGet(() -> {
                        TreeSet<Integer> added = new TreeSet<>();
                        groups.add(added);
                        return added;
                    });
            group.addAll(key);
        }
        Map<String, String> representatives = new HashMap<>();
        for (TreeSet<Integer> group : groups) {
            group.forEach(column -> representatives.put(columnIds.get(column), columnIds.get(group.first())));
        }
        return new ForeignKeys(representatives);
    }
}
