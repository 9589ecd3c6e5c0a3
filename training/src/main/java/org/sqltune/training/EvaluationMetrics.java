package org.sqltune.training;

/**
 * Loss on the validation set.
 *
 * @param step steps done
 * @param epoch passes over the training set done, as a fraction
 * @param loss mean cross-entropy of a target token, in nats
 * @param tokenAccuracy share of target tokens that were the most likely one
 */
public record EvaluationMetrics(int step, double epoch, double loss, double tokenAccuracy) {}
