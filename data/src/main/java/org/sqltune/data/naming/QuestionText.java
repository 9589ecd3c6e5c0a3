package org.sqltune.data.naming;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalises questions, so that questions that differ only in case, spaces and punctuation become equal. */
public final class QuestionText {
    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}+.\\-]+");
    private static final Pattern FULL_STOP = Pattern.compile("\\.(?!\\p{N})");
    private static final Pattern SPACES = Pattern.compile(" +");

    private QuestionText() {}

    /** Returns the question in lower case with single spaces, and only with punctuation that is part of values. */
    public static String normalised(String question) {
        String plain = Normalizer.normalize(question, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String spaced =
                FULL_STOP.matcher(PUNCTUATION.matcher(plain).replaceAll(" ")).replaceAll(" ");
        return SPACES.matcher(spaced).replaceAll(" ").strip();
    }
}
