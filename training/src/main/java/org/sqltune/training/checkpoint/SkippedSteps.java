package org.sqltune.training.checkpoint;

/**
 * What the guard against spoilt steps remembers.
 *
 * @param total steps skipped so far
 * @param inARow those since the last step that wasn't
 * @param usualLoss moving mean of the losses of steps that weren't skipped, in nats
 * @param counted how many of them it is made of
 */
public record SkippedSteps(int total, int inARow, double usualLoss, int counted) {
    /** Before the first step. */
    public static final SkippedSteps NONE = new SkippedSteps(0, 0, 0, 0);

    private static final int REMEMBERED = 50;

    public SkippedSteps skipped() {
        return new SkippedSteps(total + 1, inARow + 1, usualLoss, counted);
    }

    public SkippedSteps applied(double loss) {
        int count = Math.min(counted + 1, REMEMBERED);
        return new SkippedSteps(total, 0, usualLoss + (loss - usualLoss) / count, count);
    }

    /** With patience for as many skipped steps as at the start. */
    public SkippedSteps forgiven() {
        return new SkippedSteps(total, 0, usualLoss, counted);
    }
}
