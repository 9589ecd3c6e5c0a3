package org.sqltune.evaluation.outline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Extracts columns and aggregate functions from an entry of a select list in canonical form. */
final class SelectColumns {
    private SelectColumns() {}

    /** Returns the entry without aggregate functions, DISTINCT and parentheses; a subquery stays as it is. */
    static String of(String item) {
        if (item.contains("( select")) {
            return item;
        }
        List<String> words = new ArrayList<>(Arrays.asList(item.split(" ", -1)));
        words.removeIf(word ->
                TokenLists.isAggregate(word) || word.equals("distinct") || word.equals("(") || word.equals(")"));
        return String.join(" ", words);
    }

    /** Returns the aggregate functions called in the entry, without those in subqueries. */
    static List<String> aggregates(String item) {
        List<String> found = new ArrayList<>();
        List<String> words = Arrays.asList(item.split("\\( select", 2)[0].split(" ", -1));
        for (int i = 0; i + 1 < words.size(); i++) {
            if (TokenLists.isAggregate(words.get(i)) && words.get(i + 1).equals("(")) {
                found.add(words.get(i));
            }
        }
        return found;
    }
}
