package org.sqltune.core.config.settings;

/**
 * Section {@code inference}.
 *
 * @param temperature 0 for greedy decoding, else the divisor of the logits
 * @param topP sample from the smallest set of tokens whose probability reaches this, in (0, 1]
 * @param maxNewTokens tokens generated at most
 * @param maxBatchSize questions that are answered at once, at most
 * @param kvCacheBytes memory for keys and values of all texts that are continued or kept; one text of the model's context, or of
 *     8,192 tokens if that is less, has room whatever this is
 * @param weights how the linear layers' weights are held while a model answers
 */
public record InferenceSettings(
        double temperature, double topP, int maxNewTokens, int maxBatchSize, long kvCacheBytes, Weights weights) {
    /** How a model that answers holds the weights of its linear layers. */
    public enum Weights {
        /** As {@link ModelSettings} say: nothing is rounded that isn't asked for. */
        AUTO,
        /** In the model's own arithmetic, likewise. */
        BF16,
        /** 8-bit integers with a scale for each row. */
        INT8
    }

    /** Greedy, at most 256 tokens, 16 questions at once, 512 MiB. */
    public static InferenceSettings defaults() {
        return new InferenceSettings(0, 1, 256, 16, 512L << 20, Weights.AUTO);
    }

    /** The defaults with another way to decode. */
    public static InferenceSettings decoding(double temperature, double topP, int maxNewTokens) {
        InferenceSettings defaults = defaults();
        return new InferenceSettings(
                temperature, topP, maxNewTokens, defaults.maxBatchSize, defaults.kvCacheBytes, defaults.weights);
    }

    /** The same with weights held in another way. */
    public InferenceSettings withWeights(Weights other) {
        return new InferenceSettings(temperature, topP, maxNewTokens, maxBatchSize, kvCacheBytes, other);
    }
}
