package org.sqltune.training.checkpoint;

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
}
