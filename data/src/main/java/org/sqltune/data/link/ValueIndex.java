package org.sqltune.data.link;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.link.Words.Word;
import org.sqltune.data.naming.SpokenNames;

/**
 * An index of a database's texts by their words. A value is linked if the question has all its words in succession,
 * ignoring case, accents, punctuation and plural; the longest value wins. Remaining words that look like names may match one
 * rare word of a longer value ({@code Giroud} for {@code Olivier Giroud}), then words by their stems ({@code shipped}
 * for {@code shipping}), and then longer words may match with one typing error. Names of the schema and function words
 * are values only in quotes, or if the question names the column too. A date or a number is linked however it is
 * written. Immutable and thread-safe.
 */
final class ValueIndex implements ValueLinker {
    private static final int MOST_WORDS = 8;

    /** The maximal number of words of a value that is found by its words' stems. */
    static final int MOST_WORDS_STEMMED = 3;

    private static final int SHORTEST_PART = 4;
    private static final int MOST_VALUES_OF_A_PART = 2;

    private final Map<String, List<ValueLink>> byKey = new HashMap<>();
    private final Map<String, Set<String>> keysByPart = new HashMap<>();
    private final Map<String, List<String>> keysByShape = new HashMap<>();
    private final Map<LocalDate, List<ValueLink>> byDate = new HashMap<>();
    private final Map<BigDecimal, List<ValueLink>> byNumber = new HashMap<>();
    private final Map<String, List<String>> keysByStems = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private int longest = 1;

    /**
     * @param values the values, by preference if several columns have the same one
     * @param schema the schema, whose names aren't values
     */
    ValueIndex(Collection<ValueLink> values, Schema schema) {
        schema.tables().forEach(table -> {
            Words.of(SpokenNames.spoken(table.name())).forEach(word -> names.add(word.form()));
            table.columns()
                    .forEach(column ->
                            Words.of(SpokenNames.spoken(column.name())).forEach(word -> names.add(word.form())));
        });
        values.forEach(this::add);
    }

    private void add(ValueLink value) {
        if (value.number()) {
            byNumber.computeIfAbsent(NumberTexts.number(value.value()), each -> new ArrayList<>(1))
                    .add(value);
            return;
        }
        DateTexts.of(value.value())
                .ifPresent(date ->
                        byDate.computeIfAbsent(date, each -> new ArrayList<>(1)).add(value));
        List<Word> words = Words.of(value.value());
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            return;
        }
        longest = Math.max(longest, words.size());
        String key = Words.key(words, 0, words.size());
        boolean isNew = !byKey.containsKey(key);
        byKey.computeIfAbsent(key, each -> new ArrayList<>(1)).add(value);
        if (!isNew) {
            return;
        }
        keysByShape
                .computeIfAbsent(shape(key, key.length()), each -> new ArrayList<>(1))
                .add(key);
        if (words.size() <= MOST_WORDS_STEMMED) {
            keysByStems
                    .computeIfAbsent(Words.stems(words, 0, words.size()), each -> new ArrayList<>(1))
                    .add(key);
        }
        if (words.size() > 1) {
            words.stream()
                    .map(Word::form)
                    .filter(part -> part.length() >= SHORTEST_PART && !Words.isEmpty(part))
                    .forEach(part -> addPart(part, key));
        }
    }

    /** Adds a word of a value. Frequent words keep only enough keys to show that they are frequent. */
    private void addPart(String part, String key) {
        Set<String> keys = keysByPart.computeIfAbsent(part, each -> new LinkedHashSet<>(2));
        if (keys.size() <= MOST_VALUES_OF_A_PART) {
            keys.add(key);
        }
    }

    private static String shape(String key, int length) {
        return key.charAt(0) + "/" + length;
    }

    @Override
    public List<ValueLink> link(String question) {
        return new ValueSearch(this, question).links();
    }

    /** Returns the number of words of the longest value. */
    int longest() {
        return longest;
    }

    /** Returns whether a word is a name of the schema or part of one. */
    boolean isName(String form) {
        return names.contains(form);
    }

    /** Returns the values that consist of exactly these words. */
    List<ValueLink> values(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    /** Returns the values that are this date. */
    List<ValueLink> values(LocalDate date) {
        return byDate.getOrDefault(date, List.of());
    }

    /** Returns the values that are this number. */
    List<ValueLink> values(BigDecimal number) {
        return byNumber.getOrDefault(number, List.of());
    }

    /** Returns the values whose words have these stems. */
    List<ValueLink> valuesWithStems(String stems) {
        return keysByStems.getOrDefault(stems, List.of()).stream()
                .flatMap(key -> values(key).stream())
                .toList();
    }

    /** Returns the values of several words that contain this word; empty if there are many. */
    List<ValueLink> valuesWithPart(String form) {
        Set<String> keys = keysByPart.getOrDefault(form, Set.of());
        return keys.size() > MOST_VALUES_OF_A_PART
                ? List.of()
                : keys.stream().flatMap(key -> values(key).stream()).toList();
    }

    /** Returns the values whose words differ from these by one typing error, but not in the first letter. */
    List<ValueLink> valuesLike(String key) {
        return IntStream.rangeClosed(key.length() - 1, key.length() + 1)
                .mapToObj(length -> keysByShape.getOrDefault(shape(key, length), List.of()))
                .flatMap(List::stream)
                .filter(other -> Spelling.differsByOne(key, other))
                .flatMap(other -> values(other).stream())
                .toList();
    }
}
