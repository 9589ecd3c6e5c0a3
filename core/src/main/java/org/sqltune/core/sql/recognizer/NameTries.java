package org.sqltune.core.sql.recognizer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqltune.core.sql.syntax.Keywords;

/**
 * Names of one role in all ways that they may be written: without quotes where the grammar reads them so, and inside quotes.
 * A name may be written as the database spells it, in small letters, in capitals, or with a capital first.
 */
final class NameTries {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_\\x80-\\uffff][A-Za-z0-9_$\\x80-\\uffff]*");

    private final NameTrie bare;
    private final NameTrie inQuotes;

    private NameTries(NameTrie bare, NameTrie inQuotes) {
        this.bare = bare;
        this.inQuotes = inQuotes;
    }

    /** @param names as the database spells them */
    static NameTries of(Collection<String> names) {
        Map<String, String> bare = new LinkedHashMap<>();
        Map<String, String> quoted = new LinkedHashMap<>();
        for (String name : names) {
            String folded = fold(name);
            for (String spelling : spellings(name)) {
                quoted.putIfAbsent(spelling, folded);
                if (readsBare(name)) {
                    bare.putIfAbsent(spelling, folded);
                }
            }
        }
        return new NameTries(new NameTrie(bare), new NameTrie(quoted));
    }

    /** Words that are never quoted: keywords and functions. */
    static NameTries ofWords(Collection<String> words) {
        Map<String, String> bare = new LinkedHashMap<>();
        words.forEach(word -> spellings(word).forEach(spelling -> bare.put(spelling, word)));
        return new NameTries(new NameTrie(bare), new NameTrie(Map.of()));
    }

    NameTrie bare() {
        return bare;
    }

    NameTrie inQuotes() {
        return inQuotes;
    }

    /** As SQLite compares names: ASCII's capitals alone become small. */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + 32));
            }
        }
        return folded.toString();
    }

    /** Whether the grammar takes the word for a name wherever one may stand. */
    static boolean readsBare(String name) {
        return PLAIN.matcher(name).matches()
                && Keywords.isNameEverywhere(name)
                && !GrammarWords.KEYWORDS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Set<String> spellings(String name) {
        String folded = fold(name);
        StringBuilder capitals = new StringBuilder(folded);
        for (int i = 0; i < capitals.length(); i++) {
            char c = capitals.charAt(i);
            if (c >= 'a' && c <= 'z') {
                capitals.setCharAt(i, (char) (c - 32));
            }
        }
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(name);
        spellings.add(folded);
        spellings.add(capitals.toString());
        if (!name.isEmpty()) {
            spellings.add(capitals.substring(0, 1) + folded.substring(1));
        }
        return spellings;
    }
}
