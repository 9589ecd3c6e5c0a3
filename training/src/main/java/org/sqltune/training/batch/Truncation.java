package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code training.max_length} took from a data set.
 *
 * @param examples examples before
 * @param maxLength the limit, in tokens
 * @param shortened examples that lost the end of their completion
 * @param lostTokens tokens they lost in all
 * @param mostLost tokens that the one which lost most lost
 * @param dropped examples left out since no token to learn was within the limit
 * @param longest tokens of the longest example, before anything was cut
 */
public record Truncation(
        int examples, int maxLength, int shortened, long lostTokens, int mostLost, int dropped, int longest) {

    /**
     * What should be known of it, a sentence each; none if nothing was cut.
     *
     * @param name what the data set is called
     */
    public List<String> notes(String name) {
        List<String> notes = new ArrayList<>();
        if (shortened > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%d of %d %s examples are longer than training.max_length %d and lose their end: %.0f tokens in"
                            + " the mean, %d at most; the longest example has %d.",
                    shortened,
                    examples,
                    name,
                    maxLength,
                    (double) lostTokens / shortened,
                    mostLost,
                    longest));
        }
        if (dropped > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%d of %d %s examples have no token to learn within training.max_length %d and are left out; the"
                            + " longest example has %d tokens.",
                    dropped,
                    examples,
                    name,
                    maxLength,
                    longest));
        }
        return notes;
    }
}
