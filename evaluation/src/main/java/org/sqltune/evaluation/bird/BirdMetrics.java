package org.sqltune.evaluation.bird;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqltune.core.sql.QueryResult;

/** Computes BIRD's three scores of one question. */
public final class BirdMetrics {
    private static final double STANDARD_DEVIATIONS = 3;

    private BirdMetrics() {}

    /** Returns EX: whether both results have the same set of rows. The order of columns counts. */
    public static boolean sameRows(QueryResult gold, QueryResult predicted) {
        return PythonRow.distinct(gold).equals(PythonRow.distinct(predicted));
    }

    /**
     * Returns Soft-F1, from 0 to 1. Distinct rows are paired by position; a value counts as matched if the other row
     * of its pair has it, as a share of the gold row's columns. Therefore the score isn't symmetric.
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
     * Returns a question's reward, from which R-VES is computed.
     *
     * @param ratios for each repetition the gold query's time divided by the prediction's; empty if the prediction is
     *     wrong
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

    /** Returns a question's contribution to R-VES, 100 √reward; R-VES is the mean over questions. */
    public static double valid(double reward) {
        return 100 * Math.sqrt(reward);
    }

    /**
     * Returns the ratios less than three standard deviations from the mean. If all are equal, all are kept, where the
     * official scripts divide by 0.
     */
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
