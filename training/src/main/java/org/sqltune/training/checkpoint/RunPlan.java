package org.sqltune.training.checkpoint;

import org.sqltune.training.optimizer.LearningRateSchedule;

/**
 * Length and learning rate schedule of a run.
 *
 * @param schedule the learning rate of every step
 * @param stepsPerEpoch steps in one pass over the training set
 * @param seed the run's seed
 */
public record RunPlan(LearningRateSchedule schedule, int stepsPerEpoch, long seed) {}
