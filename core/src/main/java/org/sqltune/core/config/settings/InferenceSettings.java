package org.sqltune.core.config.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Section {@code inference}.
 *
 * @param temperature 0 for greedy decoding, else the divisor of the logits
 * @param topP sample from the smallest set of tokens whose probability reaches this, in (0, 1]
 * @param maxNewTokens tokens generated at most
 * @param maxBatchSize questions that are answered at once, at most
 * @param kvCacheBytes memory for keys and values of all texts that are continued or kept; one text of the model's context, or of
 *     8,192 tokens if that is less, has room whatever this is
 * @param runtime what computes the answers
 */
public record InferenceSettings(
        double temperature,
        double topP,
        int maxNewTokens,
        int maxBatchSize,
        long kvCacheBytes,
        @JsonUnwrapped EngineSettings runtime) {
    /** Greedy, at most 256 tokens, 16 questions at once, 512 MiB. */
    public static InferenceSettings defaults() {
        return new InferenceSettings(0, 1, 256, 16, 512L << 20, EngineSettings.defaults());
    }

    /** The defaults with another way to decode. */
    public static InferenceSettings decoding(double temperature, double topP, int maxNewTokens) {
        InferenceSettings defaults = defaults();
        return new InferenceSettings(temperature, topP, maxNewTokens, defaults.maxBatchSize, defaults.kvCacheBytes, defaults.runtime);
    }
}
