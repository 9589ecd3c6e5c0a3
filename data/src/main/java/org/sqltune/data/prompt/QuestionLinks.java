package org.sqltune.data.prompt;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Table;
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

    /** How strongly the question speaks of the table itself; 0 for not at all. */
    int of(Table table) {
        return shared(table.name());
    }

    /** How strongly it speaks of the column; 0 for not at all. */
    int of(Column column) {
        long values = column.samples().stream()
                .filter(sample -> sample.length() > 2 && text.contains(sample.toLowerCase(Locale.ROOT)))
                .count();
        return Math.max(shared(column.name()), shared(column.comment())) + VALUE * (int) values;
    }

    private int shared(String name) {
        Set<String> common = words(SpokenNames.spoken(name));
        common.retainAll(words);
        return common.size();
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
