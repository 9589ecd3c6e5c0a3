package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Counts what {@code training.max_length} removed from a data set.
 *
 * @param examples examples before truncation
 * @param maxLength the limit, in tokens
 * @param shortened examples whose completion was truncated
 * @param lostTokens tokens removed from all of them
 * @param mostLost largest number of tokens removed from one example
 * @param dropped examples left out because they have no target token within the limit
 * @param longest tokens of the longest example before truncation
 */
public record Truncation(
        int examples, int maxLength, int shortened, long lostTokens, int mostLost, int dropped, int longest) {

    /**
     * Describes the truncation for the user, one sentence per kind; empty if nothing was removed.
     *
     * @param name the set's name, for example {@code training}
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
