package org.sqltune.synthesis.phrasing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Term;

/** A question under construction. A column that is mentioned twice gets the same name twice. */
final class Sentence {
    private static final Pattern TOKEN = Pattern.compile("\\{([^}]+)}");

    private final Choice choice;
    private final Map<List<String>, String> called = new HashMap<>();

    Sentence(Choice choice) {
        this.choice = choice;
    }

    Choice choice() {
        return choice;
    }

    /** Returns the column's name in this sentence. */
    String call(Term.Attribute attribute) {
        List<String> key = List.of(attribute.table().name(), attribute.column().name());
        return called.computeIfAbsent(key, a -> Names.column(attribute.table(), attribute.column(), choice));
    }

    /**
     * Replaces the tokens of a pattern by words, without repeating a word ("order order date").
     *
     * @param words returns the words for a token
     */
    static String fill(String pattern, Function<String, String> words) {
        StringBuilder filled = new StringBuilder();
        Matcher token = TOKEN.matcher(pattern);
        int from = 0;
        while (token.find()) {
            filled.append(pattern, from, token.start());
            String word = words.apply(token.group(1));
            filled.append(token.group(1).startsWith("value") ? word : withoutEcho(filled, word));
            from = token.end();
        }
        return filled.append(pattern, from, pattern.length()).toString();
    }

    private static String withoutEcho(StringBuilder before, String phrase) {
        int space = phrase.indexOf(' ');
        String first = (space < 0 ? phrase : phrase.substring(0, space)) + " ";
        boolean echo =
                before.toString().endsWith(" " + first) || before.toString().equals(first);
        return echo && space > 0 ? phrase.substring(space + 1) : phrase;
    }
}
