package org.sqltune.evaluation.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidences are what they say: of answers with a confidence near 0.7, seven of ten should be right. Ten bins of equal
 * width, the upper edge of a bin being its own, as Guo et al. have it (On Calibration of Modern Neural Networks, 2017).
 *
 * @param bins from 0 to 1, empty ones included
 */
public record Calibration(List<Bin> bins) {
    private static final int BINS = 10;

    /** The definition, for reports. */
    public static final String RULE =
            "expected calibration error: over 10 bins of equal width, the difference between the"
                    + " share of right answers and their mean confidence, weighted by the bin's share of answers (Guo et al. 2017)";

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * A confidence, and whether its answer was right.
     *
     * @param confidence in [0, 1]
     */
    public record Claim(double confidence, boolean right) {}

    /**
     * Answers of similar confidence.
     *
     * @param answers how many there are
     * @param right how many of them are right
     * @param meanConfidence 0 if there are none
     */
    public record Bin(int answers, int right, double meanConfidence) {
        /** The share of right answers; 0 if there are none. */
        public double accuracy() {
            return answers == 0 ? 0 : (double) right / answers;
        }
    }

    /** Sorts claims into bins. */
    public static Calibration of(List<Claim> claims) {
        int[] answers = new int[BINS];
        int[] right = new int[BINS];
        double[] sums = new double[BINS];
        for (Claim claim : claims) {
            int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(claim.confidence() * BINS) - 1));
            answers[bin]++;
            right[bin] += claim.right() ? 1 : 0;
            sums[bin] += claim.confidence();
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new Bin(answers[i], right[i], answers[i] == 0 ? 0 : sums[i] / answers[i]));
        }
        return new Calibration(bins);
    }

    /** Answers in all bins. */
    public int answers() {
        return bins.stream().mapToInt(Bin::answers).sum();
    }

    /** The expected calibration error, in [0, 1]; 0 without answers. */
    public double expectedError() {
        int all = Math.max(1, answers());
        return bins.stream()
                .mapToDouble(bin -> (double) bin.answers() / all * Math.abs(bin.accuracy() - bin.meanConfidence()))
                .sum();
    }
}
