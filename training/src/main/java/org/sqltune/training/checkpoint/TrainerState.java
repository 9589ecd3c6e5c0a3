package org.sqltune.training.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * Progress of a run, without weights and optimizer moments. Data order, dropout and noise follow from the seed and
 * these numbers.
 *
 * @param globalStep optimizer steps done, skipped ones included
 * @param examples examples seen
 * @param numTokens tokens of those examples
 * @param seconds wall-clock seconds spent in steps so far
 * @param window losses not yet logged; a resumed run needs them to log the same lines
 * @param evaluations results of the evaluations so far
 * @param skipped counts of steps whose gradients were not applied
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

    /** Returns the number of steps whose gradients were applied. */
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
     * Loss of the steps since the last line of metrics.jsonl.
     *
     * @param lossSum cross-entropy in nats, summed over target tokens
     * @param targets number of those tokens
     */
    public record LossWindow(double lossSum, long targets) {
        /** The window right after a line was logged. */
        public static final LossWindow EMPTY = new LossWindow(0, 0);

        /** Returns the window with one more step. */
        public LossWindow plus(double stepLossSum, long stepTargets) {
            return new LossWindow(lossSum + stepLossSum, targets + stepTargets);
        }

        /** Returns the mean cross-entropy per target token, in nats; NaN without target tokens. */
        public double mean() {
            return lossSum / targets;
        }
    }

    /**
     * Results of a run's evaluations so far.
     *
     * @param lastStep step of the last evaluation; 0 before the first
     * @param lastLoss validation loss at that step, in nats per target token; null before the first
     * @param bestMetric the best metric so far; null before the first
     * @param bestLoss validation loss of the checkpoint with the best metric; null if there is none
     * @param bestStep step of that checkpoint; null if there is none
     * @param sinceBest consecutive evaluations that did not improve the metric by more than the threshold
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
     * Counts and statistics with which {@code StepGuard} decides whether to skip a step.
     *
     * @param total steps skipped so far
     * @param inARow steps skipped since the last applied step
     * @param usualLoss moving mean of the losses of applied steps, in nats per target token
     * @param counted number of losses in that mean, at most 50
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

        /** Returns the counts with {@code inARow} reset, so that a resumed run may skip as many steps as a new one. */
        public SkippedSteps forgiven() {
            return new SkippedSteps(total, 0, usualLoss, counted);
        }
    }
}
