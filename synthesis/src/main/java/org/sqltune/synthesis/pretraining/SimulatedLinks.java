package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.link.GoldValues;
import org.sqltune.data.naming.Nouns;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.invention.Sampler;

/**
 * Simulates a value linker for a question whose database isn't available. It links the texts that the gold SQL
 * compares with columns if all their words are in the question, ignoring case and number: it reveals only what a
 * linker could find. It also simulates a linker's errors: missing links, a text under a second column (preferably one
 * of the same name), a similar value of the column, and words of the question that are values but irrelevant. Links
 * are in the order of the question or shuffled.
 */
final class SimulatedLinks {
    static final int MOST_LINKS = 6;
    private static final int LONGEST = 60;
    private static final int SHORTEST_WORD = 3;
    private static final double FOUND = 0.94;
    private static final double SECOND_COLUMN = 0.15;
    private static final double SIMILAR = 0.12;
    private static final double CHANCE_VALUE = 0.15;
    private static final double CHANCE_WORD = 0.04;
    private static final double IN_ANY_ORDER = 0.25;

    private final Sampler random;

    SimulatedLinks(Sampler random) {
        this.random = random;
    }

    /** Returns whether a linker could find all values of the SQL. */
    static boolean allSpoken(String question, String sql, Schema schema) {
        Set<String> words = words(question);
        return GoldValues.of(sql, schema).stream().allMatch(link -> words.containsAll(words(link.value())));
    }

    /**
     * Returns the links of a question.
     *
     * @param sql the gold SQL
     * @param known known texts of the database, for irrelevant links
     */
    List<ValueLink> of(String question, String sql, Schema schema, KnownTexts known) {
        Set<String> words = words(question);
        Set<ValueLink> links = new LinkedHashSet<>();
        for (ValueLink gold : GoldValues.of(sql, schema)) {
            if (isLinkable(gold.value()) && words.containsAll(words(gold.value())) && random.chance(FOUND)) {
                links.add(gold);
                if (random.chance(SECOND_COLUMN)) {
                    elsewhere(gold, schema).ifPresent(links::add);
                }
                if (random.chance(SIMILAR)) {
                    similar(gold, known).ifPresent(links::add);
                }
            }
        }
        if (random.chance(CHANCE_VALUE)) {
            sharing(words, known).ifPresent(links::add);
        }
        if (random.chance(CHANCE_WORD)) {
            word(question, schema).ifPresent(links::add);
        }
        return ordered(new ArrayList<>(links), question);
    }

    private List<ValueLink> ordered(List<ValueLink> links, String question) {
        if (random.chance(IN_ANY_ORDER)) {
            random.shuffle(links);
        } else {
            String text = question.toLowerCase(Locale.ROOT);
            links.sort(Comparator.comparingInt(link -> place(text, link.value())));
        }
        return List.copyOf(links.subList(0, Math.min(MOST_LINKS, links.size())));
    }

    private static int place(String question, String value) {
        int place = question.indexOf(value.toLowerCase(Locale.ROOT));
        return place < 0 ? question.length() : place;
    }

    /** Returns whether the value is linked: not a number, a date or a long text. */
    static boolean isLinkable(String value) {
        return value.length() <= LONGEST && value.chars().anyMatch(Character::isLetter);
    }

    private Optional<ValueLink> elsewhere(ValueLink link, Schema schema) {
        List<ValueLink> others = textColumns(schema).stream()
                .filter(other ->
                        !other.table().equals(link.table()) || !other.column().equals(link.column()))
                .map(other -> new ValueLink(other.table(), other.column(), link.value()))
                .toList();
        List<ValueLink> sameName = others.stream()
                .filter(other -> other.column().equalsIgnoreCase(link.column()))
                .toList();
        return some(!sameName.isEmpty() && random.chance(0.7) ? sameName : others);
    }

    private Optional<ValueLink> similar(ValueLink link, KnownTexts known) {
        Set<String> words = words(link.value());
        return some(known.of(link.table(), link.column()).stream()
                .filter(other -> !other.equals(link.value()) && isLinkable(other))
                .filter(other -> !Collections.disjoint(words(other), words))
                .map(other -> new ValueLink(link.table(), link.column(), other))
                .toList());
    }

    /** Returns a known value that shares a word with the question. */
    private Optional<ValueLink> sharing(Set<String> words, KnownTexts known) {
        return some(known.all().stream()
                .filter(link -> isLinkable(link.value()))
                .filter(link -> words(link.value()).stream()
                        .anyMatch(word -> word.length() > SHORTEST_WORD && words.contains(word)))
                .toList());
    }

    /** Returns a link from a random word of the question to a random column. */
    private Optional<ValueLink> word(String question, Schema schema) {
        List<String> words = Arrays.stream(question.split("[^\\p{L}]+"))
                .filter(word -> word.length() > SHORTEST_WORD + 1)
                .toList();
        return some(words)
                .flatMap(word -> some(textColumns(schema))
                        .map(column -> new ValueLink(column.table(), column.column(), capitalised(word))));
    }

    private String capitalised(String word) {
        return random.chance(0.5) ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word;
    }

    /** Returns a link without a value for every text column. */
    private static List<ValueLink> textColumns(Schema schema) {
        return schema.tables().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column ->
                                column.type().contains("text") || column.type().contains("char"))
                        .map(column -> new ValueLink(table.name(), column.name(), "")))
                .toList();
    }

    private <T> Optional<T> some(List<T> choices) {
        return choices.isEmpty() ? Optional.empty() : Optional.of(random.pick(choices));
    }

    /** Returns the words of a text in the singular. */
    private static Set<String> words(String text) {
        return Arrays.stream(QuestionText.normalised(text).split("[ .\\-]+"))
                .filter(word -> !word.isEmpty())
                .map(Nouns::singular)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
