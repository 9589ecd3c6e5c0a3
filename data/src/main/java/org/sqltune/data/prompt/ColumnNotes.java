package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.data.database.LiteralText;

/** Writes the notes on a column: its comment and sample values. */
final class ColumnNotes {
    private static final Pattern LINE_BREAKS = Pattern.compile("\\R+");
    private static final int MOST_CHARS = 40;

    private ColumnNotes() {}

    /** Returns {@code the stage name; e.g. 'Joe', 'Ann'}; empty if there is nothing to show. */
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

    /** Returns {@code 'Joe', 'Ann'}; empty if no values are shown. */
    static String samples(Column column, SchemaDetail detail) {
        return column.samples().stream()
                .limit(detail.samples())
                .map(sample -> literal(sample, column))
                .collect(Collectors.joining(", "));
    }

    /** Returns the text on one line: a line break in a name or note would end the table's line. */
    static String oneLine(String text) {
        return LINE_BREAKS.matcher(text).replaceAll(" ");
    }

    /** Returns the value as a query would write it to compare it with the column. */
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

    /** Returns the end of a shortened line, not between the two halves of a surrogate pair. */
    private static int endOf(String line) {
        return Character.isHighSurrogate(line.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
    }
}
