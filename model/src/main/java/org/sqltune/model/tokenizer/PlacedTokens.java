package org.sqltune.model.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a text and where they are in it.
 *
 * @param ids the tokens
 * @param starts index of the first UTF-16 code unit of each
 * @param ends index behind the last one of each
 */
public record PlacedTokens(long[] ids, int[] starts, int[] ends) {

    /** @param spans places in characters, as the tokenizer counts them; null for a token that is in no place */
    static PlacedTokens of(String text, long[] ids, @Nullable CharSpan[] spans) {
        int[] starts = new int[ids.length];
        int[] ends = new int[ids.length];
        boolean plain = text.codePointCount(0, text.length()) == text.length();
        int[] offsets = plain ? new int[0] : offsets(text);
        for (int i = 0; i < ids.length; i++) {
            CharSpan span = spans[i];
            if (span != null) {
                starts[i] = plain ? span.getStart() : offsets[span.getStart()];
                ends[i] = plain ? span.getEnd() : offsets[span.getEnd()];
            }
        }
        return new PlacedTokens(ids, starts, ends);
    }

    /** The index in UTF-16 of each character, and of the end. */
    private static int[] offsets(String text) {
        int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < offsets.length - 1; i++) {
            offsets[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        offsets[offsets.length - 1] = at;
        return offsets;
    }

    /** The first token that holds a character; -1 if none does. */
    public int tokenAt(int index) {
        for (int i = 0; i < ids.length; i++) {
            if (starts[i] <= index && index < ends[i]) {
                return i;
            }
        }
        return -1;
    }
}
