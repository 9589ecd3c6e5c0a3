package org.sqltune.core.sql.result;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.sql.QueryResult;

/**
 * Compares two results by the rules of test-suite evaluation (Zhong, Yu, Klein: Semantic Evaluation for Text-to-SQL
 * with Distilled Test Suites, 2020): rows are a bag, or a list where order counts; columns may be in any order, and
 * their names don't matter; two empty results are equal whatever their columns. {@link ValueClasses} compares values.
 */
public final class ResultComparison {
    private final int[][] gold;
    private final int[][] predicted;
    private final boolean[] taken;

    private ResultComparison(int[][] gold, int[][] predicted) {
        this.gold = gold;
        this.predicted = predicted;
        this.taken = new boolean[predicted.length];
    }

    /**
     * Returns the first difference; empty if the results are equal.
     *
     * @param ordered whether the order of rows counts
     */
    public static Optional<String> difference(QueryResult gold, QueryResult predicted, boolean ordered) {
        int rows = gold.rows().size();
        if (rows == 0 && predicted.rows().isEmpty()) {
            return Optional.empty();
        }
        if (predicted.rows().size() != rows) {
            return Optional.of(predicted.rows().size() + " rows instead of " + rows);
        }
        if (predicted.columns().size() != gold.columns().size()) {
            return Optional.of(predicted.columns().size() + " columns instead of "
                    + gold.columns().size());
        }
        ValueClasses classes = new ValueClasses(gold, predicted);
        int[][] goldColumns = classes.columns(gold);
        int[][] predictedColumns = classes.columns(predicted);
        if (ordered && bag(goldColumns).equals(bag(predictedColumns))) {
            return Optional.empty();
        }
        boolean sameBag =
                new ResultComparison(goldColumns, predictedColumns).matchFrom(0, new int[rows], new int[rows]);
        if (!sameBag) {
            return Optional.of("other values");
        }
        return ordered ? Optional.of("the rows in another order") : Optional.empty();
    }

    /** Returns how often each column occurs. */
    private static Map<IntBuffer, Integer> bag(int[][] columns) {
        Map<IntBuffer, Integer> counts = new HashMap<>();
        for (int[] column : columns) {
            counts.merge(IntBuffer.wrap(column), 1, Integer::sum);
        }
        return counts;
    }

    /**
     * Finds a predicted column for every gold column from {@code column} on, so that both bags of rows are equal.
     * Each step compares the partial rows, which rejects a wrong choice at once.
     *
     * @param goldRows for each gold row, a number that stands for its values in the previous columns
     * @param predictedRows the same for the predicted rows, in the columns chosen for them
     */
    private boolean matchFrom(int column, int[] goldRows, int[] predictedRows) {
        if (column == gold.length) {
            return true;
        }
        Set<IntBuffer> tried = new HashSet<>();
        for (int choice = 0; choice < predicted.length; choice++) {
            if (taken[choice] || !tried.add(IntBuffer.wrap(predicted[choice]))) {
                continue;
            }
            Map<Long, Integer> numbers = new HashMap<>();
            int[] longerGold = extend(goldRows, gold[column], numbers);
            int[] longerPredicted = extend(predictedRows, predicted[choice], numbers);
            if (Arrays.equals(sorted(longerGold), sorted(longerPredicted))) {
                taken[choice] = true;
                if (matchFrom(column + 1, longerGold, longerPredicted)) {
                    return true;
                }
                taken[choice] = false;
            }
        }
        return false;
    }

    /** Numbers the pairs of a row's number and its value in one more column; equal pairs have equal numbers. */
    private static int[] extend(int[] rows, int[] column, Map<Long, Integer> numbers) {
        int[] longer = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            long pair = ((long) rows[i] << Integer.SIZE) | column[i];
            longer[i] = numbers.computeIfAbsent(pair, key -> numbers.size());
        }
        return longer;
    }

    private static int[] sorted(int[] values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
