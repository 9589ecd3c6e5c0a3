package org.sqltune.data.synthesis;

import java.text.Normalizer;
import java.util.Locale;

/** Tells whether two questions are the same but for case, spaces and punctuation. */
public final class QuestionText {
    private QuestionText() {}

    /** The question in lower case, its words one space apart; of punctuation only what values are made of is left. */
    public static String normalised(String question) {
        return Normalizer.normalize(question, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}+.\\-]+", " ")
                .replaceAll("\\.(?!\\p{N})", " ")
                .replaceAll(" +", " ")
                .strip();
    }
}
