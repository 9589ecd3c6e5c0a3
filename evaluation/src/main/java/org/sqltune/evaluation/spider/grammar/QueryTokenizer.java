package org.sqltune.evaluation.spider.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Splits a query into the tokens of the official grammar. Single and double quotes are equivalent, strings keep their
 * case, and everything else becomes lower case. Source: {@code tokenize} in {@code process_sql.py}.
 */
final class QueryTokenizer {
    private static final Set<String> FIRST_HALVES = Set.of("!", ">", "<");

    private QueryTokenizer() {}

    /**
     * Returns the tokens of a query, in order.
     *
     * @throws UnparseableQueryException if a quotation mark isn't closed
     */
    static List<String> tokens(String query) {
        Map<String, String> strings = new HashMap<>();
        List<String> tokens = new ArrayList<>();
        for (String word : WordTokenizer.words(withoutStrings(query.replace('\'', '"'), strings))) {
            String token = word.toLowerCase(Locale.ROOT);
            tokens.add(strings.getOrDefault(token, token));
        }
        joinComparisons(tokens);
        return tokens;
    }

    /** Replaces each string by a placeholder, so that the word tokenizer doesn't split it. */
    private static String withoutStrings(String query, Map<String, String> strings) {
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        int open = query.indexOf('"');
        while (open >= 0) {
            int close = query.indexOf('"', open + 1);
            if (close < 0) {
                throw new UnparseableQueryException("a quotation mark lacks its partner");
            }
            String name = "__val_" + query.codePointCount(0, open) + "_" + query.codePointCount(0, close) + "__";
            strings.put(name, query.substring(open, close + 1));
            replaced.append(query, copied, open).append(name);
            copied = close + 1;
            open = query.indexOf('"', copied);
        }
        return replaced.append(query, copied, query.length()).toString();
    }

    /** Joins {@code !}, {@code >} and {@code <} with the {@code =} that follows. */
    private static void joinComparisons(List<String> tokens) {
        for (int i = tokens.size() - 1; i > 0; i--) {
            if (tokens.get(i).equals("=") && FIRST_HALVES.contains(tokens.get(i - 1))) {
                tokens.set(i - 1, tokens.get(i - 1) + "=");
                tokens.remove(i);
            }
        }
    }
}
