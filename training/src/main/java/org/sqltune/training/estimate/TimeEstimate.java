package org.sqltune.training.estimate;

/**
 * A guess of the time, from a few layers of the model's shape that were run.
 *
 * @param secondsPerStep one optimizer step
 * @param seconds all steps and evaluations of the validation loss; downloading, loading and the scores of answers left out
 * @param calibrationSeconds how long was measured
 */
public record TimeEstimate(double secondsPerStep, double seconds, double calibrationSeconds) {}
