package org.sqltune.evaluation.bird;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqltune.core.sql.QueryResult;

/** BIRD's three scores of one question. */
public final class BirdMetrics {
    private static final double STANDARD_DEVIATIONS = 3;

    private BirdMetrics() {}

    /** EX: whether both results have the same rows, however often and in whatever order; columns in order. */
    public static boolean sameRows(QueryResult gold, QueryResult predicted) {
        return PythonRow.distinct(gold).equals(PythonRow.distinct(predicted));
    }

    /**
     * Soft-F1: different rows are laid side by side by their places; of each pair, the values that the other row has too
     * count as found, each as a share of the gold row's columns. From 0 to 1. Not symmetric: shares are of gold columns.
     */
    public static double softF1(QueryResult gold, QueryResult predicted) {
        List<PythonRow> wanted = List.copyOf(PythonRow.distinct(gold));
        List<PythonRow> found = List.copyOf(PythonRow.distinct(predicted));
        if (wanted.isEmpty() && found.isEmpty()) {
            return 1;
        }
        double both = 0;
        double foundOnly = Math.max(0, found.size() - wanted.size());
        double wantedOnly = Math.max(0, wanted.size() - found.size());
        for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
            List<Object> goldRow = wanted.get(i).values();
            List<Object> row = found.get(i).values();
            double columns = goldRow.size();
            long matches = row.stream().filter(goldRow::contains).count();
            both += matches / columns;
            foundOnly += (row.size() - matches) / columns;
            wantedOnly += goldRow.stream().filter(value -> !row.contains(value)).count() / columns;
        }
        double precision = both + foundOnly > 0 ? both / (both + foundOnly) : 0;
        double recall = both + wantedOnly > 0 ? both / (both + wantedOnly) : 0;
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    /**
     * The reward that R-VES is made of.
     *
     * @param ratios the gold query's time divided by the prediction's, of each repetition; empty if the prediction is wrong
     * @return 0 for a wrong prediction, else 0.25, 0.5, 0.75, 1 or 1.25
     */
    public static double reward(double[] ratios) {
        if (ratios.length == 0) {
            return 0;
        }
        double ratio = withoutOutliers(ratios).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        if (ratio == 0) {
            return 0;
        }
        if (ratio >= 2) {
            return 1.25;
        }
        if (ratio >= 1) {
            return 1;
        }
        if (ratio >= 0.5) {
            return 0.75;
        }
        return ratio >= 0.25 ? 0.5 : 0.25;
    }

    /** What a question adds to R-VES: 100 √reward; R-VES is the mean. */
    public static double valid(double reward) {
        return 100 * Math.sqrt(reward);
    }

    /** Those less than three standard deviations from the mean; equal ones are all kept, where the scripts divide by 0. */
    private static List<Double> withoutOutliers(double[] ratios) {
        double mean = Arrays.stream(ratios).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(ratios)
                .map(each -> (each - mean) * (each - mean))
                .average()
                .orElse(0));
        List<Double> kept = new ArrayList<>();
        for (double ratio : ratios) {
            if (deviation == 0 || Math.abs(ratio - mean) < STANDARD_DEVIATIONS * deviation) {
                kept.add(ratio);
            }
        }
        return kept;
    }
}
