package org.sqltune.inference.engine;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One of the texts that a prompt was continued with.
 *
 * @param text the new text, without what ended it
 * @param end why it ended
 * @param newTokens tokens that were generated
 * @param score of beam search: its log-probability divided by its length to the power of the length penalty; else the sum of
 *     the tokens' log-probabilities, the end's included, where probabilities were asked for; empty where nothing is known
 * @param tokens its tokens' probabilities, the stop token's as the last one where one ended it; empty if none were asked for
 */
public record TextCandidate(
        String text, TextAnswer.End end, int newTokens, OptionalDouble score, List<TokenLogprob> tokens) {
    public TextCandidate {
        tokens = List.copyOf(tokens);
    }
}
