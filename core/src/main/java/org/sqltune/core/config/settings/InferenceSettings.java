package org.sqltune.core.config.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Section {@code inference}.
 *
 * @param decoding how an answer's tokens are chosen
 * @param n candidates of each answer, of which the one is taken whose result most of them give; 1 for the only answer
 * @param confidence whether only answers get an estimate of the probability that they are right, too, and not only chosen ones
 * @param constraint what answers are kept to
 * @param maxBatchSize questions that are answered at once, at most
 * @param kvCacheBytes memory for keys and values of all texts that are continued or kept; one text of the model's context, or of
 *     8,192 tokens if that is less, has room whatever this is
 * @param runtime what computes the answers
 * @param weights how the linear layers' weights are held while a model answers
 */
public record InferenceSettings(
        @JsonUnwrapped DecodingSettings decoding,
        int n,
        boolean confidence,
        Constraint constraint,
        int maxBatchSize,
        long kvCacheBytes,
        @JsonUnwrapped EngineSettings runtime,
        Weights weights) {
    /** What answers are kept to while they are written. */
    public enum Constraint {
        /** Nothing. */
        NONE,
        /** The grammar of SQLite's queries, with any names. */
        SQL,
        /** Queries that SQLite prepares on the database: its grammar, and the names of the schema, where that is known. */
        SCHEMA
    }

    /** How a model that answers holds the weights of its linear layers. */
    public enum Weights {
        /**
         * As {@link ModelSettings} say, laid out for the processor's products where that is faster: nothing is rounded that isn't
         * asked for.
         */
        AUTO,
        /** As {@link ModelSettings} say and as files hold them. */
        BF16,
        /** 8-bit integers with a scale for each row. */
        INT8,
        /** 4-bit integers with a step and a centre for each 32 numbers of a row; the head in 8 bits. */
        INT4
    }

    /** Greedy, at most 256 tokens, kept to what SQLite prepares, 16 questions at once, 512 MiB. */
    public static InferenceSettings defaults() {
        return new InferenceSettings(
                DecodingSettings.defaults(),
                1,
                true,
                Constraint.SCHEMA,
                16,
                512L << 20,
                EngineSettings.defaults(),
                Weights.AUTO);
    }

    /** The defaults with another way to decode. */
    public static InferenceSettings decoding(double temperature, double topP, int maxNewTokens) {
        DecodingSettings usual = DecodingSettings.defaults();
        return defaults()
                .withDecoding(new DecodingSettings(
                        temperature,
                        topP,
                        usual.topK(),
                        usual.minP(),
                        usual.repetitionPenalty(),
                        usual.numBeams(),
                        usual.lengthPenalty(),
                        maxNewTokens,
                        usual.seed(),
                        usual.speculation()));
    }

    /** Tokens of an answer at most. */
    public int maxNewTokens() {
        return decoding.maxNewTokens();
    }

    /** The same with another way to decode. */
    public InferenceSettings withDecoding(DecodingSettings newDecoding) {
        return new InferenceSettings(
                newDecoding, n, confidence, constraint, maxBatchSize, kvCacheBytes, runtime, weights);
    }

    /** The same with this many candidates. */
    public InferenceSettings withN(int candidates) {
        return new InferenceSettings(
                decoding, candidates, confidence, constraint, maxBatchSize, kvCacheBytes, runtime, weights);
    }

    /** The same with weights held in another way. */
    public InferenceSettings withWeights(Weights other) {
        return new InferenceSettings(decoding, n, confidence, constraint, maxBatchSize, kvCacheBytes, runtime, other);
    }

    /** The same with answers kept to something else. */
    public InferenceSettings withConstraint(Constraint other) {
        return new InferenceSettings(decoding, n, confidence, other, maxBatchSize, kvCacheBytes, runtime, weights);
    }
}
