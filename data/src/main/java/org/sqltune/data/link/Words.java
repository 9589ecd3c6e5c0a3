package org.sqltune.data.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.data.naming.Nouns;

/** Splits questions and values into words: runs of letters and digits, in lower case and in the singular. */
final class Words {
    /** Function words. Such a word alone isn't a value, whatever a column contains. */
    private static final Set<String> EMPTY = Set.of(
            ("a about above after all also an and any are as at be been before below between by can could did do does"
                            + " during each every few find first for from get give had has"
                            + " have how i if in is it its last least less list many may me more most much my name no none"
                            + " not number of off on one only or other our out over per please same show some tell than"
                            + " that the their them there these they this those to total two under up us was we were what"
                            + " when where which who whose why will with would yes you your")
                    .split(" "));

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    private Words() {}

    /**
     * A word.
     *
     * @param form the word in lower case and in the singular
     * @param start the index of its first char in the text
     * @param end the index after its last char
     */
    record Word(String form, int start, int end) {}

    static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(new Word(form(word.group()), word.start(), word.end()));
        }
        return words;
    }

    /** Returns the words of a text, separated by single spaces. */
    static String key(String text) {
        return key(of(text), 0, Integer.MAX_VALUE);
    }

    static String key(List<Word> words, int from, int to) {
        StringBuilder key = new StringBuilder();
        for (int i = from; i < Math.min(to, words.size()); i++) {
            key.append(i == from ? "" : " ").append(words.get(i).form());
        }
        return key.toString();
    }

    static boolean isEmpty(String form) {
        return form.length() < 2 || EMPTY.contains(form);
    }

    private static String form(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.length() < 3 ? lower : Nouns.singular(lower);
    }
}
