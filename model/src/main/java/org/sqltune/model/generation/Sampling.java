package org.sqltune.model.generation;

/**
 * How a token is drawn, in the words and by the definitions of transformers' logits processors, which are applied in this
 * order: repetition penalty, the constraint, temperature, top-k, top-p, min-p.
 *
 * @param temperature 0 for the most likely token each time, else the divisor of the scores
 * @param topP the smallest set of tokens whose probabilities reach this, in (0, 1]
 * @param topK this many of the most probable tokens, and those that are as probable as the last of them; 0 for all
 * @param minP tokens with at least this share of the most probable one's probability, in [0, 1]
 * @param repetitionPenalty positive scores of tokens that the prompt or the answer has are divided by this, negative ones
 *     multiplied (Keskar et al., arXiv:1909.05858); 1 for none. It holds for greedy decoding and beam search too
 * @param seed decides what is drawn: the same for the same seed, prompt and place, whatever is computed beside it
 */
public record Sampling(double temperature, double topP, int topK, double minP, double repetitionPenalty, long seed) {
    /** The most likely token each time. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 1, 0);

    /** The same with another seed. */
    public Sampling withSeed(long newSeed) {
        return new Sampling(temperature, topP, topK, minP, repetitionPenalty, newSeed);
    }

    /** Whether the most likely token is taken each time. */
    public boolean greedy() {
        return temperature == 0;
    }
}
