package org.sqltune.training;

/**
 * Metrics of the steps since the previous line of metrics.jsonl.
 *
 * @param step optimizer steps done
 * @param epoch passes over the training set done, with a fraction
 * @param loss mean cross-entropy per target token over those steps, without skipped ones, in nats; NaN if all were
 *     skipped
 * @param gradNorm gradient norm of the last step, before clipping
 * @param learningRate learning rate of the last step
 * @param examples examples seen so far
 * @param numTokens tokens of those examples, prompts included; a shared prefix counts once per example
 * @param seconds wall-clock seconds spent in steps, without evaluation and saving
 * @param skippedSteps steps so far whose gradients were not applied
 */
public record StepMetrics(
        int step,
        double epoch,
        double loss,
        double gradNorm,
        double learningRate,
        long examples,
        long numTokens,
        double seconds,
        int skippedSteps) {}
