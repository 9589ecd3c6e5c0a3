package org.sqltune.data.prompt;

/**
 * Estimates the number of tokens of a text without a tokenizer: one for every four letters of a word, every two
 * digits of a number, and every other character. Real tokenizers need fewer tokens for words and as many for other
 * characters, so a text that fits this estimate usually fits.
 */
public final class TokenEstimate {
    private static final int LETTERS = 4;
    private static final int DIGITS = 2;

    private TokenEstimate() {}

    /** Returns the estimated number of tokens. */
    public static int of(String text) {
        int tokens = 0;
        int i = 0;
        while (i < text.length()) {
            int start = i;
            if (isLetter(text.charAt(i))) {
                i = end(text, i, true);
                tokens += (i - start + LETTERS - 1) / LETTERS;
            } else if (Character.isDigit(text.charAt(i))) {
                i = end(text, i, false);
                tokens += (i - start + DIGITS - 1) / DIGITS;
            } else {
                tokens += text.charAt(i) == ' ' ? 0 : 1;
                i++;
            }
        }
        return tokens;
    }

    private static int end(String text, int from, boolean letters) {
        int i = from;
        while (i < text.length() && (letters ? isLetter(text.charAt(i)) : Character.isDigit(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    /** Returns whether the character is a Latin letter; other scripts cost about one token per character. */
    private static boolean isLetter(char c) {
        return Character.isLetter(c) && c < 0x250;
    }
}
