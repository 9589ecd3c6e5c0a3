package org.sqltune.data.prompt;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.sqltune.core.schema.Column;
import org.sqltune.data.naming.Nouns;
import org.sqltune.data.naming.SpokenNames;

/** Finds the tables and columns that a question mentions, by words shared with their names, comments and values. */
final class QuestionLinks {
    /** Function words of questions. */
    private static final Set<String> EMPTY_WORDS = Set.of(
            ("a an and are as at be by do does each every find for from give have has how i in is it its list many me more"
                            + " most much no not number of on or please return show tell than that the their them there"
                            + " these to was were what when where which who whose with")
                    .split(" "));

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int VALUE = 2;

    private final Set<String> words;
    private final String text;

    QuestionLinks(String question) {
        text = question.toLowerCase(Locale.ROOT);
        words = words(question);
    }

    /**
     * The words by which a question can mention a column.
     *
     * @param name the words of its name
     * @param comment the words of its comment
     * @param values its samples in lower case, without very short ones
     */
    record Spoken(Set<String> name, Set<String> comment, List<String> values) {
        /** @param words returns the words of a name or a comment, see {@link QuestionLinks#spoken} */
        static Spoken of(Column column, Function<String, Set<String>> words) {
            return new Spoken(
                    words.apply(column.name()),
                    words.apply(column.comment()),
                    column.samples().stream()
                            .filter(sample -> sample.length() > 2)
                            .map(sample -> sample.toLowerCase(Locale.ROOT))
                            .toList());
        }
    }

    /** Returns the words by which a question can mention this name or comment. */
    static Set<String> spoken(String name) {
        return name.isEmpty() ? Set.of() : words(SpokenNames.spoken(name));
    }

    /** Returns the words that the question contains. */
    Set<String> shared(Set<String> spoken) {
        Set<String> shared = new HashSet<>(spoken);
        shared.retainAll(words);
        return shared;
    }

    /** Returns how many of the words the question contains. */
    private int of(Set<String> spoken) {
        int shared = 0;
        for (String word : spoken) {
            shared += words.contains(word) ? 1 : 0;
        }
        return shared;
    }

    /** Returns a score of how clearly the question mentions the column; 0 if it doesn't. */
    int of(Spoken column) {
        long values = column.values().stream().filter(text::contains).count();
        return Math.max(of(column.name()), of(column.comment())) + VALUE * (int) values;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Arrays.stream(NOT_WORD.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty() && !EMPTY_WORDS.contains(word))
                .map(Nouns::singular)
                .forEach(words::add);
        return words;
    }
}
