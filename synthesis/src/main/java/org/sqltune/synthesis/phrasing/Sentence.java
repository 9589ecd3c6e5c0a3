package org.sqltune.synthesis.phrasing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Term;

/** One question in the making: a column that is mentioned twice is called the same twice. */
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
     * Puts words for the tokens of a pattern. A word that a token would repeat ("order order date") is said once.
     *
     * @param words what a token becomes
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
