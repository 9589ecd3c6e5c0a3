package org.sqltune.core.config.settings;

/**
 * The part of section {@code inference} that decides which token follows: names and meanings are those of transformers'
 * {@code GenerationConfig}.
 *
 * @param temperature 0 for greedy decoding or beam search, else the divisor of the logits
 * @param topP sample from the smallest set of tokens whose probability reaches this, in (0, 1]
 * @param topK sample from this many of the most probable tokens; 0 for all
 * @param minP sample from tokens with at least this share of the most probable one's probability, in [0, 1]
 * @param repetitionPenalty above 1 makes tokens of the prompt and of the answer less likely to come again, below 1 more
 * @param numBeams answers that beam search continues at once; 1 for none
 * @param lengthPenalty power of the length that a beam's log-probability is divided by
 * @param maxNewTokens tokens generated at most
 * @param seed decides what is sampled, beside the question
 * @param speculation tokens that are proposed at most and verified together; 0 for none
 */
public record DecodingSettings(
        double temperature,
        double topP,
        int topK,
        double minP,
        double repetitionPenalty,
        int numBeams,
        double lengthPenalty,
        int maxNewTokens,
        long seed,
        int speculation) {
    /** Greedy, at most 256 tokens, at most 4 proposed ones. */
    public static DecodingSettings defaults() {
        return new DecodingSettings(0, 1, 0, 0, 1, 1, 1, 256, 0, 4);
    }
}
