package org.sqltune.evaluation.compare;

/**
 * McNemar's exact test (McNemar 1947, binomial form): the probability of a split at least as uneven as the observed
 * one if fixed and broken questions were equally likely.
 */
public final class McNemar {
    private McNemar() {}

    /**
     * Returns the two-sided p-value, min(1, 2 P(X ≤ min(fixed, broken))) with X ~ Binomial(fixed + broken, ½); 1 if
     * nothing changed.
     *
     * @throws IllegalArgumentException if a count is negative
     */
    public static double pValue(int fixed, int broken) {
        if (fixed < 0 || broken < 0) {
            throw new IllegalArgumentException(
                    "fixed is " + fixed + ", broken is " + broken + "; neither may be negative");
        }
        int tries = fixed + broken;
        int fewer = Math.min(fixed, broken);
        // The terms are summed relative to the last one, since 2^-tries itself underflows a double.
        double logLast = -tries * Math.log(2);
        for (int i = 1; i <= fewer; i++) {
            logLast += Math.log(tries - fewer + i) - Math.log(i);
        }
        double sum = 0;
        double term = 1;
        for (int i = fewer; i >= 0; i--) {
            sum += term;
            term *= (double) i / (tries - i + 1);
        }
        return Math.min(1, 2 * Math.exp(logLast + Math.log(sum)));
    }
}
