package org.sqltune.synthesis.profile;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/**
 * Splits names that run words together: {@code countrylanguage} is a "country language" if the schema's other names
 * have these two words.
 */
final class SpokenNames {
    private static final Pattern WORD = Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{L}\\p{Ll}*");
    private static final int SHORTEST = 3;

    private final Set<String> words = new HashSet<>();

    SpokenNames(Schema schema) {
        for (Table table : schema.tables()) {
            addWords(table.name());
            table.columns().forEach(column -> addWords(column.name()));
        }
    }

    private void addWords(String name) {
        Matcher word = WORD.matcher(name);
        while (word.find()) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
    }

    /** Returns the words of a table's name; empty if the name needs no splitting. */
    String of(Table table) {
        return twoWords(table.name()).orElse("");
    }

    /** Returns the column's comment, else the words of its name; empty if the name needs no splitting. */
    String of(Column column) {
        if (!column.comment().isBlank()) {
            return column.comment();
        }
        return FlagNames.adjective(column.name())
                .map(adjective -> adjective + " status")
                .or(() -> twoWords(column.name()))
                .orElse("");
    }

    private Optional<String> twoWords(String name) {
        String run = name.toLowerCase(Locale.ROOT);
        for (int cut = SHORTEST; cut <= run.length() - SHORTEST; cut++) {
            if (words.contains(run.substring(0, cut)) && words.contains(run.substring(cut))) {
                return Optional.of(run.substring(0, cut) + " " + run.substring(cut));
            }
        }
        return Optional.empty();
    }
}
