package org.sqltune.evaluation.spider.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether two results are equal up to the order of columns, and of rows where that doesn't matter ({@code
 * result_eq}). Column names don't count, duplicates count, and 1 equals 1.0.
 *
 * <p>The official code first compares rows with their values sorted as text, where {@code 1} and {@code 1.0} may be
 * sorted differently; equal tables that it rejects there are rejected here too.
 */
final class ResultEquivalence {
    private final List<List<@Nullable Object>> gold;
    private final List<List<@Nullable Object>> found;
    private final boolean ordered;

    private ResultEquivalence(List<List<@Nullable Object>> gold, List<List<@Nullable Object>> found, boolean ordered) {
        this.gold = comparable(gold);
        this.found = comparable(found);
        this.ordered = ordered;
    }

    /**
     * Returns whether the results are equivalent.
     *
     * @param ordered whether the order of the rows counts
     */
    static boolean holds(List<List<@Nullable Object>> gold, List<List<@Nullable Object>> found, boolean ordered) {
        if (gold.isEmpty() && found.isEmpty()) {
            return true;
        }
        if (gold.size() != found.size() || gold.get(0).size() != found.get(0).size()) {
            return false;
        }
        return sameSortedRows(gold, found, ordered)
                && new ResultEquivalence(gold, found, ordered).columnsCanBeMatched();
    }

    private static boolean sameSortedRows(
            List<List<@Nullable Object>> gold, List<List<@Nullable Object>> found, boolean ordered) {
        List<List<@Nullable Object>> goldRows = comparable(sortedByText(gold));
        List<List<@Nullable Object>> foundRows = comparable(sortedByText(found));
        return ordered ? goldRows.equals(foundRows) : new HashSet<>(goldRows).equals(new HashSet<>(foundRows));
    }

    private static List<List<@Nullable Object>> sortedByText(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> copy = new ArrayList<>(row);
            if (copy.size() > 1) {
                copy.sort(Comparator.comparing(PythonValues::textAndType));
            }
            sorted.add(copy);
        }
        return sorted;
    }

    private static List<List<@Nullable Object>> comparable(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> converted = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> copy = new ArrayList<>(row);
            copy.replaceAll(PythonValues::comparable);
            converted.add(copy);
        }
        return converted;
    }

    private boolean columnsCanBeMatched() {
        int width = gold.get(0).size();
        List<Object> goldColumns = new ArrayList<>();
        List<Object> foundColumns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            goldColumns.add(column(gold, i));
            foundColumns.add(column(found, i));
        }
        if (ordered) {
            // A permutation exists exactly if both have the same columns.
            return counts(goldColumns).equals(counts(foundColumns));
        }
        return match(goldColumns, foundColumns, new ArrayList<>());
    }

    /** Returns a column's values in order if that counts, else the count of each value. */
    private Object column(List<List<@Nullable Object>> rows, int index) {
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(row.get(index)));
        return ordered ? values : counts(values);
    }

    /**
     * Assigns a found column to each gold column in turn, and backtracks if the partial rows aren't the same bag.
     *
     * @param assigned the found columns assigned to the first gold columns
     */
    private boolean match(List<Object> goldColumns, List<Object> foundColumns, List<Integer> assigned) {
        int next = assigned.size();
        if (next > 1 && !sameBag(assigned)) {
            return false;
        }
        if (next == goldColumns.size()) {
            return true;
        }
        List<List<@Nullable Object>> tried = new ArrayList<>();
        for (int candidate = 0; candidate < foundColumns.size(); candidate++) {
            if (assigned.contains(candidate) || !goldColumns.get(next).equals(foundColumns.get(candidate))) {
                continue;
            }
            List<@Nullable Object> values = values(candidate);
            if (tried.contains(values)) {
                continue;
            }
            tried.add(values);
            assigned.add(candidate);
            if (match(goldColumns, foundColumns, assigned)) {
                return true;
            }
            assigned.remove(assigned.size() - 1);
        }
        return false;
    }

    private List<@Nullable Object> values(int column) {
        List<@Nullable Object> values = new ArrayList<>(found.size());
        found.forEach(row -> values.add(row.get(column)));
        return values;
    }

    private boolean sameBag(List<Integer> assigned) {
        List<List<@Nullable Object>> goldRows = new ArrayList<>(gold.size());
        gold.forEach(row -> goldRows.add(row.subList(0, assigned.size())));
        List<List<@Nullable Object>> foundRows = new ArrayList<>(found.size());
        for (List<@Nullable Object> row : found) {
            List<@Nullable Object> permuted = new ArrayList<>(assigned.size());
            assigned.forEach(column -> permuted.add(row.get(column)));
            foundRows.add(permuted);
        }
        return counts(goldRows).equals(counts(foundRows));
    }

    private static <T extends @Nullable Object> Map<T, Integer> counts(List<T> values) {
        if (values.isEmpty()) {
            return Collections.emptyMap();
        }
        Map<T, Integer> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        return counts;
    }
}
