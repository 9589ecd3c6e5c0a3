package org.sqltune.training.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands, besides weights and moments. Order of data, dropout and noise follow from the seed and these numbers.
 *
 * @param globalStep steps done, skipped ones included
 * @param examples examples seen
 * @param numTokens tokens of those examples
 * @param seconds training seconds so far
 * @param window losses not yet logged, so that a run cut off between two lines goes on with the same lines
 * @param evaluations what evaluations have shown
 * @param skipped steps whose gradients weren't applied
 */
public record TrainerState(
        int globalStep,
        long examples,
        long numTokens,
        double seconds,
        LossWindow window,
        EvaluationHistory evaluations,
        SkippedSteps skipped) {
    /** Before the first step. */
    public static final TrainerState INITIAL =
            new TrainerState(0, 0, 0, 0, LossWindow.EMPTY, EvaluationHistory.NONE, SkippedSteps.NONE);

    /** Steps whose gradients were applied. */
    int updates() {
        return globalStep - skipped.total();
    }

    public TrainerState withWindow(LossWindow losses) {
        return new TrainerState(globalStep, examples, numTokens, seconds, losses, evaluations, skipped);
    }

    public TrainerState withEvaluations(EvaluationHistory history) {
        return new TrainerState(globalStep, examples, numTokens, seconds, window, history, skipped);
    }

    public TrainerState withSkipped(SkippedSteps steps) {
        return new TrainerState(globalStep, examples, numTokens, seconds, window, evaluations, steps);
    }

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

    /**
     * What a run's evaluations have shown so far.
     *
     * @param lastStep the step that was evaluated last; 0 before the first
     * @param lastLoss validation loss there, in nats; null before the first
     * @param bestMetric the best metric so far; null before the first
     * @param bestLoss validation loss of the checkpoint that has it; null if there is none
     * @param bestStep the step of that checkpoint; null if there is none
     * @param sinceBest evaluations in a row that weren't better by the threshold
     */
    public record EvaluationHistory(
            int lastStep,
            @Nullable Double lastLoss,
            @Nullable Double bestMetric,
            @Nullable Double bestLoss,
            @Nullable Integer bestStep,
            int sinceBest) {
        /** Before the first evaluation. */
        public static final EvaluationHistory NONE = new EvaluationHistory(0, null, null, null, null, 0);
    }

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
}
