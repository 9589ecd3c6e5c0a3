package org.sqltune.evaluation.spider.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.sqltune.evaluation.spider.execution.SqlparseLexer.SqlparseToken;
import org.sqltune.evaluation.spider.execution.SqlparseLexer.SqlparseToken.Kind;
import org.sqltune.evaluation.spider.grammar.PythonText;

/**
 * Replaces a prediction's values by the gold query's, in every combination ({@code get_all_preds_for_execution} in
 * {@code parse.py} of the test suite). Values are strings and standalone numbers.
 */
final class PluggedValues {
    /** The maximal number of combinations; a gold query has few values and a prediction few placeholders. */
    private static final long MOST_CANDIDATES = 100_000;

    private static final String PLACE = "VALUERARE";
    private static final String PLACE_WORD = PLACE.toLowerCase(Locale.ROOT);
    private static final Pattern DECIMAL = Pattern.compile("[-+]?\\p{Nd}*\\.\\p{Nd}+");
    private static final Pattern WHOLE = Pattern.compile("[^tT]\\p{Nd}+");
    private static final Pattern ALIAS = Pattern.compile("[Tt]\\p{Nd}+\\.");
    private static final Pattern ALIAS_APART = Pattern.compile("(T\\p{Nd}+\\.)\\s");
    private static final List<String> ALL_OF_ALIAS = List.of("t1.*", "t2.*", "t3.*", "T1.*", "T2.*", "T3.*");

    private final List<String> words = new ArrayList<>();
    private final Set<String> values = new LinkedHashSet<>();

    private PluggedValues(String sql) {
        String text = ALIAS_APART.matcher(spaced(sql)).replaceAll("$1");
        for (SqlparseToken token : SqlparseLexer.firstStatement(text)) {
            if (token.kind() == Kind.SINGLE_QUOTED || token.kind() == Kind.DOUBLE_QUOTED) {
                values.add(token.text());
                text = text.replace(PythonText.strip(token.text()), PLACE);
            }
        }
        List<String> plain = withPlaces(PythonText.split(text), matches(DECIMAL, text));
        String joined = String.join(" ", plain);
        withPlaces(plain, matches(WHOLE, joined)).forEach(this::addWord);
    }

    /** Returns the prediction with each combination of gold values, lazily. */
    static Stream<String> candidates(String gold, String predicted) {
        List<String> words = new PluggedValues(predicted).words;
        List<String> values = List.copyOf(new PluggedValues(gold).values);
        int places = Collections.frequency(words, PLACE_WORD);
        if (places > 0 && values.isEmpty()) {
            return Stream.empty();
        }
        double combinations = Math.pow(values.size(), places);
        return LongStream.range(0, (long) Math.min(combinations, MOST_CANDIDATES))
                .mapToObj(combination -> filled(words, values, combination));
    }

    private static String filled(List<String> words, List<String> values, long combination) {
        long rest = combination;
        List<String> filled = new ArrayList<>(words);
        for (int i = 0; i < filled.size(); i++) {
            if (filled.get(i).equals(PLACE_WORD)) {
                filled.set(i, values.get((int) (rest % values.size())));
                rest /= values.size();
            }
        }
        return String.join(" ", filled);
    }

    private static String spaced(String sql) {
        String text = PythonText.strip(sql).replace(";", "").replace("\t", "");
        text = SqlparseLexer.firstStatement(text).stream()
                .filter(token -> token.kind() != Kind.SPACE)
                .map(SqlparseToken::text)
                .collect(Collectors.joining(" "));
        for (String all : ALL_OF_ALIAS) {
            text = text.replace(all, "*");
        }
        return text;
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(found -> PythonText.strip(found.group())).collect(Collectors.toSet());
    }

    /** Collects the numbers among the words and replaces them by placeholders. */
    private List<String> withPlaces(List<String> from, Set<String> numbers) {
        from.stream().filter(numbers::contains).forEach(values::add);
        return from.stream().map(word -> numbers.contains(word) ? PLACE : word).toList();
    }

    private void addWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (word.contains(".") && ALIAS.matcher(word).find()) {
            words.addAll(PythonText.split(lower.replace(".", " . ")));
        } else {
            words.add(lower);
        }
    }
}
