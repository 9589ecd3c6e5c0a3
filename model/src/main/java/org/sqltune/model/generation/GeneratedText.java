package org.sqltune.model.generation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One of the texts that a prompt was continued with.
 *
 * @param ids the new tokens, without the stop token
 * @param end why it ended
 * @param score of beam search: its log-probability divided by its length to the power of the length penalty; else the sum of
 *     the tokens' log-probabilities where they were asked for
 * @param tokens its tokens' probabilities, the stop token's as the last one where one ended it; empty if none were asked for
 */
public record GeneratedText(long[] ids, Generation.End end, OptionalDouble score, List<ScoredToken> tokens) {
    public GeneratedText {
        tokens = List.copyOf(tokens);
    }
}
