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

/** Which tables and columns a question speaks of, by the words that their names, comments and values share with it. */
final class QuestionLinks {
    /** Words of questions that name nothing. */
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
     * What a column can be spoken of by.
     *
     * @param name the words of its name
     * @param comment the words of its comment
     * @param values its samples in lower case, without the shortest
     */
    record Spoken(Set<String> name, Set<String> comment, List<String> values) {
        /** @param words of a name or a comment, as {@link QuestionLinks#spoken} tells them */
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

    /** Returns the words that what has this name or comment can be spoken of by. */
    static Set<String> spoken(String name) {
        return name.isEmpty() ? Set.of() : words(SpokenNames.spoken(name));
    }

    /** Returns those of the words that the question has. */
    Set<String> shared(Set<String> spoken) {
        Set<String> shared = new HashSet<>(spoken);
        shared.retainAll(words);
        return shared;
    }

    /** Returns how many of the words the question has; 0 for none. */
    private int of(Set<String> spoken) {
        int shared = 0;
        for (String word : spoken) {
            shared += words.contains(word) ? 1 : 0;
        }
        return shared;
    }

    /** Returns how strongly the question speaks of the column; 0 for not at all. */
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
