package org.sqltune.core.config.settings;

/**
 * Section {@code inference}.
 *
 * @param temperature 0 for greedy decoding, else the divisor of the logits
 * @param topP sample from the smallest set of tokens whose probability reaches this, in (0, 1]
 * @param maxNewTokens tokens generated at most
 */
public record InferenceSettings(double temperature, double topP, int maxNewTokens) {
    /** Greedy, at most 256 tokens. */
    public static InferenceSettings defaults() {
        return new InferenceSettings(0, 1, 256);
    }
}
