package org.sqltune.inference.engine;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How a text was continued.
 *
 * @param text the new text, without what ended it; of several the first
 * @param end why it ended
 * @param promptTokens tokens of the prompt
 * @param cachedTokens those of them whose keys and values were there before
 * @param newTokens tokens that were generated
 * @param queueSeconds from its submission to the first work on it
 * @param prefillSeconds from there to the first new token
 * @param decodeSeconds from there to its end
 * @param candidates all texts that were asked for, this one first: samples in the order of their seeds, beams with the best
 *     first
 */
public record TextAnswer(
        String text,
        End end,
        int promptTokens,
        int cachedTokens,
        int newTokens,
        double queueSeconds,
        double prefillSeconds,
        double decodeSeconds,
        List<TextCandidate> candidates) {
    public TextAnswer {
        candidates = List.copyOf(candidates);
    }

    /** The one text that was asked for, without probabilities. */
    public TextAnswer(
            String text,
            End end,
            int promptTokens,
            int cachedTokens,
            int newTokens,
            double queueSeconds,
            double prefillSeconds,
            double decodeSeconds) {
        this(
                text,
                end,
                promptTokens,
                cachedTokens,
                newTokens,
                queueSeconds,
                prefillSeconds,
                decodeSeconds,
                List.of(new TextCandidate(text, end, newTokens, OptionalDouble.empty(), List.of())));
    }

    /** Why a text ended. */
    public enum End {
        /** The model's own end, or one of the request's stop texts. */
        STOP,
        /** As many tokens as were asked for: the text may be cut off. */
        LENGTH,
        /** Somebody called {@link TextTicket#cancel}. */
        CANCELLED,
        /** Its deadline passed. */
        EXPIRED,
        /** Its constraint allowed no token, and no end: the text isn't whole. */
        CONSTRAINT
    }
}
