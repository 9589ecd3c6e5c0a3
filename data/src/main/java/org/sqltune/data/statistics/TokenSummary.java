package org.sqltune.data.statistics;

import java.util.Arrays;

/**
 * How a length is distributed, in tokens. All zero for no lengths.
 *
 * @param mean arithmetic mean
 * @param median the middle length; the mean of the two middle ones for an even number
 * @param p95 95 % of the lengths are at most this (nearest rank)
 * @param max the greatest length
 */
public record TokenSummary(double mean, double median, int p95, int max) {
    static TokenSummary of(int[] lengths) {
        if (lengths.length == 0) {
            return new TokenSummary(0, 0, 0, 0);
        }
        int[] sorted = lengths.clone();
        Arrays.sort(sorted);
        int size = sorted.length;
        return new TokenSummary(
                Arrays.stream(sorted).average().orElse(0),
                (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0,
                sorted[(int) Math.ceil(0.95 * size) - 1],
                sorted[size - 1]);
    }
}
