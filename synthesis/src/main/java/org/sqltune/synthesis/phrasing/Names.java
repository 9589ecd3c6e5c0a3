package org.sqltune.synthesis.phrasing;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqltune.data.naming.Nouns;
import org.sqltune.data.naming.SpokenNames;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.TableProfile;

/** The names of tables and columns in questions. */
public final class Names {
    /** One to four words. */
    private static final Pattern SHORT_COMMENT = Pattern.compile("\\p{L}[\\p{L}\\p{N}'-]*(?: [\\p{L}\\p{N}'-]+){0,3}");

    /** The words for kinds of columns, which several columns may be of. */
    private static final Set<String> GENERAL = Set.of("number", "key", "count", "done");

    private Names() {}

    /** Returns the column's name in words: its comment if that is as short as a name, else its name. */
    static String spoken(ColumnProfile column) {
        String comment = column.comment().strip();
        boolean saysName = SHORT_COMMENT.matcher(comment).matches();
        return saysName ? comment.toLowerCase(Locale.ROOT) : SpokenNames.spoken(column.name());
    }

    /** Returns the noun for one row. */
    static String one(TableProfile table) {
        String spoken = Nouns.singular(table.spoken().isEmpty() ? SpokenNames.spoken(table.name()) : table.spoken());
        return Nouns.uncountable(spoken) ? spoken + " record" : spoken;
    }

    /** Returns the noun for several rows. */
    static String many(TableProfile table) {
        return Nouns.plural(one(table));
    }

    /** Returns the relative pronoun for the table's rows. */
    static String who(TableProfile table) {
        return Nouns.person(one(table)) ? "who" : "that";
    }

    /** Returns the column's name, occasionally in a shorter or longer form that is still unambiguous. */
    static String column(TableProfile table, ColumnProfile column, Choice choice) {
        String full = spoken(column);
        if (countsThings(table, column)) {
            return choice.chance(0.7) ? "number of " + full : full;
        }
        String noun = one(table) + " ";
        if (full.equals("id") || full.equals("key")) {
            return noun + full;
        }
        if (full.startsWith(noun) && choice.chance(0.4)) {
            String shorter = full.substring(noun.length());
            boolean taken = table.columns().stream().anyMatch(c -> lastWords(spoken(c), shorter) && !c.equals(column));
            return taken || shorter.equals("id") ? full : shorter;
        }
        return full;
    }

    /** Returns the words by which phrase books match the column. */
    static Set<String> keywords(TableProfile table, ColumnProfile column) {
        Set<String> words = new HashSet<>(List.of(spoken(column).split(" ")));
        if (column.is(ColumnRole.NUMBER)) {
            words.add("number");
        }
        if (column.is(ColumnRole.KEY)) {
            words.add("key");
        }
        if (countsThings(table, column)) {
            words.add("count");
        }
        return words;
    }

    /**
     * Returns whether the section's lines mean this column and no other of the table: "priced above" is ambiguous for a
     * table with two prices.
     */
    static boolean tells(TableProfile table, ColumnProfile column, PhraseBook.Section section) {
        boolean general = section.words().stream().anyMatch(GENERAL::contains);
        return general
                || table.columns().stream()
                        .filter(other -> other.role() == column.role())
                        .allMatch(other -> other.equals(column) || !section.suits(keywords(table, other)));
    }

    /** Returns whether the column is a number with a plural name, such as seats. */
    static boolean countsThings(TableProfile table, ColumnProfile column) {
        String full = spoken(column);
        return column.is(ColumnRole.NUMBER)
                && !full.contains(" ")
                && !full.equals(Nouns.singular(full))
                && !full.equals(many(table));
    }

    private static boolean lastWords(String phrase, String end) {
        return phrase.equals(end) || phrase.endsWith(" " + end);
    }
}
