package org.sqltune.data.prompt;

/**
 * Guesses how many tokens a text has where no tokenizer is at hand: one for every four letters of a word, every two digits
 * of a number, and every other sign. Tokenizers made for text need fewer for words and as many for signs, so what fits by
 * this count mostly fits by theirs.
 */
public final class TokenEstimate {
    private static final int LETTERS = 4;
    private static final int DIGITS = 2;

    private TokenEstimate() {}

    /** Returns the number of tokens, guessed. */
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

    /** Scripts beyond the Latin ones cost about a token a character. */
    private static boolean isLetter(char c) {
        return Character.isLetter(c) && c < 0x250;
    }
}
