package org.sqltune.data.rows;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts by name, written as {@code soccer_1 (14), wta_1 (62)}. */
public final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    public void add(String name) {
        add(name, 1);
    }

    public void add(String name, int times) {
        counts.merge(name, times, Integer::sum);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
