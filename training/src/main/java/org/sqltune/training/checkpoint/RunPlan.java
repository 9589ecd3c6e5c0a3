package org.sqltune.training.checkpoint;

import org.sqltune.training.optimizer.LearningRateSchedule;

/**
 * Length and learning rate schedule of a run.
 *
 * @param schedule the learning rate of every step
 * @param stepsPerEpoch steps in one pass over the training set
 * @param examplesPerEpoch examples in one pass
 * @param seed the run's seed
 */
public record RunPlan(LearningRateSchedule schedule, int stepsPerEpoch, int examplesPerEpoch, long seed) {
    /**
     * Returns the passes over the training set so far, as a fraction. It counts examples: the last step of a pass may have
     * fewer than the others.
     */
    public double epoch(TrainerState state) {
        return (double) state.examples() / examplesPerEpoch;
    }
}
