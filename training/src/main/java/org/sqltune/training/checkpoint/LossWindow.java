package org.sqltune.training.checkpoint;

/**
 * The losses since the last line of metrics.jsonl.
 *
 * @param lossSum cross-entropy in nats, summed over target tokens
 * @param targets number of those tokens
 */
public record LossWindow(double lossSum, long targets) {
    /** Right after a line. */
    public static final LossWindow EMPTY = new LossWindow(0, 0);

    /** With one more step. */
    public LossWindow plus(double stepLossSum, long stepTargets) {
        return new LossWindow(lossSum + stepLossSum, targets + stepTargets);
    }

    /** Mean cross-entropy of a target token; NaN if there was none. */
    public double mean() {
        return lossSum / targets;
    }
}
