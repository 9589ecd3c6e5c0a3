package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.data.database.LiteralText;

/** What stands beside a column: its comment, and values that occur in it. */
final class ColumnNotes {
    private static final Pattern LINE_BREAKS = Pattern.compile("\\R+");
    private static final int MOST_CHARS = 40;

    private ColumnNotes() {}

    /** {@code the stage name; e.g. 'Joe', 'Ann'}; empty where nothing is to be shown. */
    static String of(Column column, SchemaDetail detail) {
        List<String> notes = new ArrayList<>();
        if (detail.comments() && !column.comment().isBlank()) {
            notes.add(oneLine(column.comment().strip()));
        }
        String samples = samples(column, detail);
        if (!samples.isEmpty()) {
            notes.add("e.g. " + samples);
        }
        return String.join("; ", notes);
    }

    /** {@code 'Joe', 'Ann'}; empty where no values are to be shown. */
    static String samples(Column column, SchemaDetail detail) {
        return column.samples().stream()
                .limit(detail.samples())
                .map(sample -> literal(sample, column))
                .collect(Collectors.joining(", "));
    }

    /** Returns a line break inside a name or a note would end its table's line. */
    static String oneLine(String text) {
        return LINE_BREAKS.matcher(text).replaceAll(" ");
    }

    /** As a query would write it to compare it with the column. */
    private static String literal(String sample, Column column) {
        boolean bare = LiteralText.isNumber(sample)
                || (LiteralText.isTruth(sample) && column.type().startsWith("bool"));
        if (bare && !column.textsOnly()) {
            return sample;
        }
        String line = oneLine(sample);
        String shown = line.length() <= MOST_CHARS ? line : line.substring(0, endOf(line)) + "…";
        return '\'' + shown.replace("'", "''") + '\'';
    }

    /** Not between the two halves of one character. */
    private static int endOf(String line) {
        return Character.isHighSurrogate(line.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
    }
}
