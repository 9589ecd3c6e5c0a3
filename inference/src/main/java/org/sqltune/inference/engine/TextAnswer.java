package org.sqltune.inference.engine;

/**
 * How a text was continued.
 *
 * @param text the new text, without what ended it
 * @param end why it ended
 * @param promptTokens tokens of the prompt
 * @param cachedTokens those of them whose keys and values were there before
 * @param newTokens tokens that were generated
 * @param queueSeconds from its submission to the first work on it
 * @param prefillSeconds from there to the first new token
 * @param decodeSeconds from there to its end
 */
public record TextAnswer(
        String text,
        End end,
        int promptTokens,
        int cachedTokens,
        int newTokens,
        double queueSeconds,
        double prefillSeconds,
        double decodeSeconds) {
    /** Why a text ended. */
    public enum End {
        /** The model's own end, or one of the request's stop texts. */
        STOP,
        /** As many tokens as were asked for: the text may be cut off. */
        LENGTH,
        /** Somebody called {@link TextTicket#cancel}. */
        CANCELLED,
        /** Its deadline passed. */
        EXPIRED
    }
}
