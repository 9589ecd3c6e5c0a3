package org.sqltune.data.knowledge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.link.Words;
import org.sqltune.data.naming.SpokenNames;

/** Takes the comments of columns as other names of theirs: {@code the stage name; as printed} are two. */
final class CommentTerms {
    private static final Pattern PARTS = Pattern.compile("[,;:/()|.]|\\bor\\b");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final int MOST_WORDS = 5;

    private CommentTerms() {}

    /**
     * Returns the names that a question has, as the prompt shows them, in the order of the schema. Names whose words the
     * column's own name has are left out.
     *
     * @param words the question's
     */
    static Set<String> in(List<Words.Word> words, Schema schema) {
        String question = " " + Words.key(words, 0, words.size()) + " ";
        Set<String> found = new LinkedHashSet<>();
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                String own = " " + Words.key(SpokenNames.spoken(column.name())) + " ";
                for (String part : PARTS.split(column.comment())) {
                    List<Words.Word> name = named(part);
                    String key = Words.key(name, 0, name.size());
                    if (!name.isEmpty()
                            && name.size() <= MOST_WORDS
                            && question.contains(" " + key + " ")
                            && !own.contains(" " + key + " ")) {
                        String shown = part.substring(
                                name.get(0).start(), name.get(name.size() - 1).end());
                        found.add(shown + " = " + table.name() + "." + column.name());
                    }
                }
            }
        }
        return found;
    }

    /** Returns the words without articles before them; none if all are function words. */
    private static List<Words.Word> named(String part) {
        List<Words.Word> words = Words.of(part);
        int from = 0;
        while (from < words.size() && ARTICLES.contains(words.get(from).form())) {
            from++;
        }
        return words.stream().allMatch(word -> Words.isEmpty(word.form()))
                ? List.of()
                : words.subList(from, words.size());
    }
}
