package org.sqltune.evaluation.spider.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a query into the tokens of the official grammar. Both kinds of quotation mark are one, strings keep their case,
 * and everything else is lower-cased. Source: {@code tokenize} in {@code process_sql.py}.
 */
final class QueryTokenizer {
    private static final Set<String> FIRST_HALVES = Set.of("!", ">", "<");

    private QueryTokenizer() {}

    /**
     * The tokens of a query, in order.
     *
     * @throws UnparseableQueryException if a quotation mark lacks its partner
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

    /** Puts a name in place of each string, so that no rule of words cuts it; the names tell the strings' places. */
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

    /** {@code !}, {@code >} and {@code <} come apart from their {@code =}. */
    private static void joinComparisons(List<String> tokens) {
        for (int i = tokens.size() - 1; i > 0; i--) {
            if (tokens.get(i).equals("=") && FIRST_HALVES.contains(tokens.get(i - 1))) {
                tokens.set(i - 1, tokens.get(i - 1) + "=");
                tokens.remove(i);
            }
        }
    }
}
