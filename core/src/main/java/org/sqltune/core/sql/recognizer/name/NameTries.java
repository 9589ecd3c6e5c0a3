package org.sqltune.core.sql.recognizer.name;

import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.sql.syntax.Keywords;

/**
 * Names of one role in all ways that they may be written: without quotes where the grammar reads them so, and inside quotes.
 * The case of ASCII's letters says nothing, so the tries have small ones alone.
 */
public final class NameTries {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_\\x80-\\uffff][A-Za-z0-9_$\\x80-\\uffff]*");

    private static final ImmutableSet<String> NOT_EVERYWHERE =
            ImmutableSet.of("indexed", "window", "filter", "recursive");

    private final NameTrie bare;
    private final NameTrie inQuotes;

    private NameTries(NameTrie bare, NameTrie inQuotes) {
        this.bare = bare;
        this.inQuotes = inQuotes;
    }

    /** @param names as the database spells them */
    public static NameTries of(Collection<String> names) {
        return of(names, NameTries::readsBareInPlace);
    }

    /** Tables where a table must stand: there, fewer words mean something else. */
    public static NameTries ofTables(Collection<String> names) {
        return of(
                names,
                name -> PLAIN.matcher(name).matches()
                        && !Keywords.isReserved(name)
                        && !Keywords.isJoinKind(name)
                        && !NOT_EVERYWHERE.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static NameTries of(Collection<String> names, Predicate<String> readsBare) {
        Map<String, String> bare = new LinkedHashMap<>();
        Map<String, String> quoted = new LinkedHashMap<>();
        for (String name : names) {
            String folded = fold(name);
            quoted.put(folded, folded);
            if (readsBare.test(name)) {
                bare.put(folded, folded);
            }
        }
        return new NameTries(new NameTrie(bare), new NameTrie(quoted));
    }

    /** Words that are never quoted: keywords and functions. */
    public static NameTries ofWords(Collection<String> words) {
        Map<String, String> bare = new LinkedHashMap<>();
        words.forEach(word -> bare.put(word, word));
        return new NameTries(new NameTrie(bare), new NameTrie(Map.of()));
    }

    public NameTrie bare() {
        return bare;
    }

    public NameTrie inQuotes() {
        return inQuotes;
    }

    /** As SQLite compares names: ASCII's capitals alone become small. */
    public static String fold(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + 32));
            }
        }
        return folded.toString();
    }

    /** Whether the grammar takes the word for a table's or column's name where one of these stands. */
    public static boolean readsBareInPlace(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        return PLAIN.matcher(name).matches()
                && SqlDialect.SQLITE.readsBare(name)
                && !Keywords.isJoinKind(name)
                && !GrammarWords.KEYWORDS.contains(word)
                && !NOT_EVERYWHERE.contains(word);
    }

    /** Whether the grammar takes the word for a name wherever one may stand. */
    public static boolean readsBare(String name) {
        return PLAIN.matcher(name).matches()
                && Keywords.isNameEverywhere(name)
                && !GrammarWords.KEYWORDS.contains(name.toLowerCase(Locale.ROOT));
    }
}
