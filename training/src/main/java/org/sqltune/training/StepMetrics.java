package org.sqltune.training;

/**
 * What one line of metrics.jsonl says of the steps since the line before.
 *
 * @param step steps done
 * @param epoch passes over the training set done, as a fraction
 * @param loss mean cross-entropy of a target token over those steps, skipped ones left out, in nats; NaN if all were skipped
 * @param gradNorm gradient norm of the last of them, before clipping
 * @param learningRate learning rate of the last of them
 * @param examples examples seen so far
 * @param numTokens tokens of those examples so far, prompts included, shared ones counted each time
 * @param seconds wall-clock seconds since the first step began, evaluation and saving left out
 * @param skippedSteps steps so far whose gradients weren't applied
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
