package org.sqltune.data.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.link.Words.Word;
import org.sqltune.data.naming.SpokenNames;

/**
 * The texts of a database by their words. A value is linked where a question has all its words in a row, whatever their
 * case, signs and number; the longest value wins. What is left of the question is compared with one rare word of a longer
 * value ({@code Giroud} for {@code Olivier Giroud}), and then with one slip of the fingers allowed in longer words.
 * Words that are names of the schema or say nothing are no value by themselves. Immutable and thread-safe.
 */
final class ValueIndex implements ValueLinker {
    private static final int MOST_WORDS = 8;

    /** Columns that one place in a question is linked with, at most. */
    private static final int MOST_COLUMNS = 3;

    private static final int SHORTEST_PART = 4;
    private static final int MOST_VALUES_OF_A_PART = 2;
    private static final int SHORTEST_MISSPELT = 6;

    private final Map<String, List<ValueLink>> byKey = new HashMap<>();
    private final Map<String, Set<String>> keysByPart = new HashMap<>();
    private final Map<String, List<String>> keysByShape = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private int longest = 1;

    /**
     * @param values in the order in which they are preferred where several columns hold the same
     * @param schema whose names are no values
     */
    ValueIndex(Collection<ValueLink> values, Schema schema) {
        schema.tables().forEach(table -> {
            Words.of(SpokenNames.spoken(table.name())).forEach(word -> names.add(word.form()));
            table.columns().forEach(column ->
                    Words.of(SpokenNames.spoken(column.name())).forEach(word -> names.add(word.form())));
        });
        values.forEach(this::add);
    }

    private void add(ValueLink value) {
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
        keysByShape.computeIfAbsent(shape(key, key.length()), each -> new ArrayList<>(1)).add(key);
        if (words.size() > 1) {
            words.stream()
                    .map(Word::form)
                    .filter(part -> part.length() >= SHORTEST_PART && !Words.isEmpty(part))
                    .forEach(part -> addPart(part, key));
        }
    }

    /** Of frequent words only so many keys are kept as tell that they are frequent. */
    private void addPart(String part, String key) {
        Set<String> keys = keysByPart.computeIfAbsent(part, each -> new LinkedHashSet<>(2));
        if (keys.size() <= MOST_VALUES_OF_A_PART) {
            keys.add(key);
        }
    }

    private static String shape(String key, int length) {
        return key.charAt(0) + "/" + length;
    }

    /** How many texts there are, those that several columns hold once. */
    int size() {
        return byKey.size();
    }

    @Override
    public List<ValueLink> link(String question) {
        return new Search(question).links();
    }

    /** One question's search. */
    private final class Search {
        private final String question;
        private final List<Word> words;
        private final boolean[] taken;
        private final Map<Integer, List<ValueLink>> found = new HashMap<>();

        Search(String question) {
            this.question = question;
            this.words = Words.of(question);
            this.taken = new boolean[words.size()];
        }

        List<ValueLink> links() {
            for (int length = Math.min(longest, words.size()); length > 0; length--) {
                for (int from = 0; from + length <= words.size(); from++) {
                    whole(from, from + length);
                }
            }
            for (int at = 0; at < words.size(); at++) {
                part(at);
            }
            for (int length = Math.min(MOST_COLUMNS, words.size()); length > 0; length--) {
                for (int from = 0; from + length <= words.size(); from++) {
                    misspelt(from, from + length);
                }
            }
            return found.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .flatMap(each -> each.getValue().stream())
                    .distinct()
                    .toList();
        }

        private void whole(int from, int to) {
            if (isFree(from, to) && (to - from > 1 || mayStandAlone(from))) {
                take(from, to, byKey.getOrDefault(Words.key(words, from, to), List.of()));
            }
        }

        private void part(int at) {
            if (!taken[at] && mayStandAlone(at)) {
                Set<String> keys = keysByPart.getOrDefault(words.get(at).form(), Set.of());
                if (keys.size() <= MOST_VALUES_OF_A_PART) {
                    take(at, at + 1, keys.stream().flatMap(key -> byKey.get(key).stream()).toList());
                }
            }
        }

        private void misspelt(int from, int to) {
            String key = Words.key(words, from, to);
            if (key.length() < SHORTEST_MISSPELT || !isFree(from, to) || (to - from == 1 && !mayStandAlone(from))) {
                return;
            }
            List<ValueLink> meant = new ArrayList<>();
            for (int length = key.length() - 1; length <= key.length() + 1; length++) {
                keysByShape.getOrDefault(shape(key, length), List.of()).stream()
                        .filter(other -> Spelling.differsByOne(key, other))
                        .forEach(other -> meant.addAll(byKey.getOrDefault(other, List.of())));
            }
            take(from, to, meant);
        }

        private boolean isFree(int from, int to) {
            for (int i = from; i < to; i++) {
                if (taken[i]) {
                    return false;
                }
            }
            return true;
        }

        /** In quotes, every word may be a value. */
        private boolean mayStandAlone(int at) {
            Word word = words.get(at);
            boolean quoted = word.start() > 0
                    && word.end() < question.length()
                    && "'\"`“‘".indexOf(question.charAt(word.start() - 1)) >= 0
                    && "'\"`”’".indexOf(question.charAt(word.end())) >= 0;
            return quoted || (!Words.isEmpty(word.form()) && !names.contains(word.form()));
        }

        /** Values written exactly as in the question come first. */
        private void take(int from, int to, List<ValueLink> values) {
            if (values.isEmpty()) {
                return;
            }
            String written = question.substring(words.get(from).start(), words.get(to - 1).end());
            List<ValueLink> chosen = values.stream()
                    .sorted(Comparator.comparing(value -> !value.value().equals(written)))
                    .limit(MOST_COLUMNS)
                    .toList();
            found.put(from, chosen);
            for (int i = from; i < to; i++) {
                taken[i] = true;
            }
        }
    }
}
