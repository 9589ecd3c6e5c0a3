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
 * Names of one role in the ways that people write them: without quotes where the grammar reads them so, and inside quotes. The
 * case of ASCII's letters says nothing to SQLite, but nobody writes {@code cOuntrY}: see {@link Letters}.
 */
public final class NameTries {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_\\x80-\\uffff][A-Za-z0-9_$\\x80-\\uffff]*");

    private static final ImmutableSet<String> NOT_EVERYWHERE =
            ImmutableSet.of("indexed", "window", "filter", "recursive");

    private final NameTrie bare;
    private final NameTrie inQuotes;
    private final boolean anyCase;

    private NameTries(NameTrie bare, NameTrie inQuotes, boolean anyCase) {
        this.bare = bare;
        this.inQuotes = inQuotes;
        this.anyCase = anyCase;
    }

    /** @param names as the database spells them */
    public static NameTries of(Collection<String> names) {
        return of(names, NameTries::readsBareInPlace);
    }

    /** Of names that the query has given itself, in any case: how it spelled them isn't kept. */
    public static NameTries ofOwn(Collection<String> folded) {
        Map<String, String> bare = new LinkedHashMap<>();
        Map<String, String> quoted = new LinkedHashMap<>();
        for (String name : folded) {
            quoted.put(name, name);
            if (readsBareInPlace(name)) {
                bare.put(name, name);
            }
        }
        return new NameTries(new NameTrie(bare), new NameTrie(quoted), true);
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
            boolean isBare = readsBare.test(name);
            for (String spelling : Letters.spellings(name)) {
                quoted.put(spelling, folded);
                if (isBare) {
                    bare.put(spelling, folded);
                }
            }
        }
        return new NameTries(new NameTrie(bare), new NameTrie(quoted), false);
    }

    /** Words that are never quoted: keywords and functions. */
    public static NameTries ofWords(Collection<String> words) {
        Map<String, String> bare = new LinkedHashMap<>();
        words.forEach(word -> Letters.spellings(word).forEach(spelling -> bare.put(spelling, word)));
        return new NameTries(new NameTrie(bare), new NameTrie(Map.of()), false);
    }

    /** Whether letters may be of any case; the tries have small ones then. */
    public boolean anyCase() {
        return anyCase;
    }

    public NameTrie bare() {
        return bare;
    }

    public NameTrie inQuotes() {
        return inQuotes;
    }

    /** As SQLite compares names: ASCII's capitals alone become small. */
    public static String fold(String name) {
        return Letters.small(name);
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
