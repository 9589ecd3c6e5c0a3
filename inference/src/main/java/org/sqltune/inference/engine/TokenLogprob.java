package org.sqltune.inference.engine;

import java.util.List;

/**
 * The probability of a token, by the model alone: before temperature, penalties and constraints.
 *
 * @param id the token; {@link #UNKNOWN} where a server names it by its text alone
 * @param text what it stands for by itself; a token that is a part of a character stands for U+FFFD
 * @param logprob natural logarithm of its probability
 * @param mostLikely the most likely tokens at its place, most likely first, themselves without such a list
 */
public record TokenLogprob(int id, String text, double logprob, List<TokenLogprob> mostLikely) {
    /** The id of a token of which only the text is known. */
    public static final int UNKNOWN = -1;

    public TokenLogprob {
        mostLikely = List.copyOf(mostLikely);
    }
}
