package org.sqltune.evaluation.compare;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.sqltune.evaluation.metric.Interval;

/**
 * The 95 % percentile bootstrap interval of a mean difference (Efron 1979): each resample draws the same questions
 * for both systems. The seed is fixed, so that equal reports give equal intervals.
 */
final class PairedBootstrap {
    static final int RESAMPLES = 10_000;
    private static final long SEED = 20_261_122;
    private static final double TAIL = 0.025;

    private PairedBootstrap() {}

    /** @param differences the second system's value minus the first's, one per question; not empty */
    static Interval interval(double[] differences) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < differences.length; j++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[i] = sum / differences.length;
        }
        Arrays.sort(means);
        return new Interval(quantile(means, TAIL), quantile(means, 1 - TAIL));
    }

    /** Returns a quantile, interpolated linearly like numpy's default. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
