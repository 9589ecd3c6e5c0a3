package org.sqltune.model.generation;

/**
 * How to decode.
 *
 * @param temperature 0 for the most likely token each time, else the divisor of the logits
 * @param topP sample from the smallest set of tokens whose probabilities reach this, in (0, 1]
 * @param maxNewTokens tokens generated at most
 * @param seed decides what is sampled
 */
public record GenerationSettings(double temperature, double topP, int maxNewTokens, long seed) {
    /** The most likely token each time. */
    public static GenerationSettings greedy(int maxNewTokens) {
        return new GenerationSettings(0, 1, maxNewTokens, 0);
    }
}
