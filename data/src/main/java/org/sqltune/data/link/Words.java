package org.sqltune.data.link;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.data.naming.Nouns;

/**
 * Splits questions and values into words: runs of letters and digits, in lower case, without accents and in the
 * singular.
 */
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

    private static final List<String> ENDINGS = List.of("ing", "ed");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final int SHORTEST_STEM = 4;

    private Words() {}

    /**
     * A word.
     *
     * @param form the word in lower case, without accents and in the singular
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

    /**
     * Returns the words' stems, separated by single spaces: without the endings of verbs, so that {@code cancelled},
     * {@code canceled} and {@code cancel} are one.
     */
    static String stems(List<Word> words, int from, int to) {
        StringBuilder key = new StringBuilder();
        for (int i = from; i < to; i++) {
            key.append(i == from ? "" : " ").append(stem(words.get(i).form()));
        }
        return key.toString();
    }

    private static String stem(String form) {
        if (!form.chars().allMatch(Character::isLetter)) {
            return form;
        }
        String stem = form;
        for (String ending : ENDINGS) {
            if (form.endsWith(ending) && hasVowel(form, form.length() - ending.length())) {
                stem = form.substring(0, form.length() - ending.length());
                break;
            }
        }
        int last = stem.length() - 1;
        if (last < SHORTEST_STEM) {
            return stem.length() < SHORTEST_STEM ? form : stem;
        }
        boolean doubled = stem.charAt(last) == stem.charAt(last - 1) && "aeious".indexOf(stem.charAt(last)) < 0;
        return doubled || stem.charAt(last) == 'e' ? stem.substring(0, last) : stem;
    }

    private static boolean hasVowel(String word, int end) {
        for (int i = 0; i < end; i++) {
            if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String form(String word) {
        String lower = withoutAccents(word.toLowerCase(Locale.ROOT));
        return lower.length() < 3 ? lower : Nouns.singular(lower);
    }

    private static String withoutAccents(String word) {
        return word.chars().allMatch(letter -> letter < 128)
                ? word
                : Normalizer.normalize(
                        MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD))
                                .replaceAll(""),
                        Normalizer.Form.NFC);
    }
}
