package org.sqltune.data.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.example.ValueLink;
import org.sqltune.data.link.Words.Word;
import org.sqltune.data.naming.SpokenNames;

/**
 * Searches a question's values in an index: dates, then whole values, the longest first, then numbers, parts of names,
 * stems, and typing errors.
 * Each word belongs to one value at most.
 */
final class ValueSearch {
    /** The maximal number of columns linked to one place in a question. */
    private static final int MOST_COLUMNS = 3;

    /** The maximal distance, in words, of a function word from its column's name. */
    private static final int NEAR = 2;

    private static final int SHORTEST_NUMBER = 4;
    private static final int SHORTEST_MISSPELT = 6;
    private static final int MOST_WORDS_MISSPELT = 3;

    private final ValueIndex index;
    private final String question;
    private final List<Word> words;
    private final boolean[] taken;
    private final Map<Integer, List<ValueLink>> found = new HashMap<>();

    ValueSearch(ValueIndex index, String question) {
        this.index = index;
        this.question = question;
        this.words = Words.of(question);
        this.taken = new boolean[words.size()];
    }

    List<ValueLink> links() {
        DateTexts.in(question).forEach(each -> place(each.start(), each.end(), index.values(each.date())));
        for (int length = Math.min(index.longest(), words.size()); length > 0; length--) {
            for (int from = 0; from + length <= words.size(); from++) {
                whole(from, from + length);
            }
        }
        NumberTexts.in(question).forEach(each -> place(each.start(), each.end(), index.values(each.number())));
        for (int at = 0; at < words.size(); at++) {
            part(at);
        }
        for (int length = Math.min(ValueIndex.MOST_WORDS_STEMMED, words.size()); length > 0; length--) {
            for (int from = 0; from + length <= words.size(); from++) {
                stemmed(from, from + length);
            }
        }
        for (int length = Math.min(MOST_WORDS_MISSPELT, words.size()); length > 0; length--) {
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

    /** Takes the words between two places in the question. */
    private void place(int start, int end, List<ValueLink> values) {
        int from = 0;
        while (from < words.size() && words.get(from).start() < start) {
            from++;
        }
        int to = from;
        while (to < words.size() && words.get(to).end() <= end) {
            to++;
        }
        if (to > from && isFree(from, to)) {
            take(from, to, values);
        }
    }

    private void whole(int from, int to) {
        if (!isFree(from, to)) {
            return;
        }
        List<ValueLink> values = index.values(Words.key(words, from, to));
        if (to - from == 1 && !mayStandAlone(from)) {
            values = values.stream().filter(value -> isMeant(value, from)).toList();
        }
        take(from, to, values);
    }

    /**
     * Returns whether the value is meant: a function word or a name of the schema is a value only beside its column's
     * name, as in {@code role admin}.
     */
    private boolean isMeant(ValueLink value, int at) {
        Word word = words.get(at);
        if (word.form().length() == 1) {
            return isLetter(value.value(), word);
        }
        int near = Words.isEmpty(word.form()) ? NEAR : words.size();
        return Words.of(SpokenNames.spoken(value.column())).stream()
                .allMatch(part -> isSaid(part.form(), Math.max(0, at - near), at)
                        || isSaid(part.form(), at + 1, Math.min(words.size(), at + 1 + near)));
    }

    private boolean isSaid(String form, int from, int to) {
        return words.subList(from, Math.max(from, to)).stream()
                .anyMatch(word -> word.form().equals(form));
    }

    /**
     * Returns whether a single letter is the value: it must have the same case and not be a word by itself; {@code
     * A+} includes its sign.
     */
    private boolean isLetter(String value, Word word) {
        boolean isWord = value.equalsIgnoreCase("a") || value.equals("I");
        return !isWord && isWritten(value, word) && (value.length() > 1 || Character.isUpperCase(value.charAt(0)));
    }

    private boolean isWritten(String value, Word word) {
        int end = word.start() + value.length();
        return question.startsWith(value, word.start())
                && (end >= question.length() || !Character.isLetterOrDigit(question.charAt(end)));
    }

    /** Links a capitalised word inside the sentence, which looks like a name, to a longer value. */
    private void part(int at) {
        Word word = words.get(at);
        boolean name = at > 0 && Character.isUpperCase(question.charAt(word.start()));
        if (name && !taken[at] && mayStandAlone(at)) {
            take(at, at + 1, index.valuesWithPart(word.form()));
        }
    }

    private void misspelt(int from, int to) {
        String key = Words.key(words, from, to);
        if (key.length() < SHORTEST_MISSPELT || !isFree(from, to) || (to - from == 1 && !mayStandAlone(from))) {
            return;
        }
        take(from, to, index.valuesLike(key));
    }

    private void stemmed(int from, int to) {
        if (isFree(from, to) && (to - from > 1 || mayStandAlone(from))) {
            take(from, to, index.valuesWithStems(Words.stems(words, from, to)));
        }
    }

    private boolean isFree(int from, int to) {
        for (int i = from; i < to; i++) {
            if (taken[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a word alone may be a value; in quotes, every word may. */
    private boolean mayStandAlone(int at) {
        Word word = words.get(at);
        boolean quoted = word.start() > 0
                && word.end() < question.length()
                && "'\"`“‘".indexOf(question.charAt(word.start() - 1)) >= 0
                && "'\"`”’".indexOf(question.charAt(word.end())) >= 0;
        return quoted || (!Words.isEmpty(word.form()) && !index.isName(word.form()) && !isShortNumber(word.form()));
    }

    /** Short numbers, such as ages and counts, occur in too many columns. */
    private static boolean isShortNumber(String form) {
        return form.length() < SHORTEST_NUMBER && form.chars().allMatch(Character::isDigit);
    }

    /** Adds values; one that is spelt exactly as in the question comes first and replaces others of its column. */
    private void take(int from, int to, List<ValueLink> values) {
        if (values.isEmpty()) {
            return;
        }
        List<ValueLink> written = values.stream()
                .filter(value -> isWritten(value.value(), words.get(from)))
                .toList();
        List<ValueLink> others = values.stream()
                .filter(value -> written.stream()
                        .noneMatch(other -> other.table().equals(value.table())
                                && other.column().equals(value.column())))
                .toList();
        found.put(
                from,
                Stream.concat(written.stream(), others.stream())
                        .limit(MOST_COLUMNS)
                        .toList());
        for (int i = from; i < to; i++) {
            taken[i] = true;
        }
    }
}
