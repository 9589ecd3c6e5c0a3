package org.sqltune.data.rows;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The field separators of CSV files: comma, semicolon, tab or bar. File names don't determine them. */
enum CsvSeparator {
    COMMA(',', "commas"),
    SEMICOLON(';', "semicolons"),
    TAB('\t', "tabs"),
    BAR('|', "bars");

    /** The number of characters in which the header is searched. */
    private static final int HEAD = 1 << 16;

    private final char character;
    private final String plural;

    CsvSeparator(char character, String plural) {
        this.character = character;
        this.plural = plural;
    }

    char character() {
        return character;
    }

    /** Returns the plural for error messages: {@code commas}. */
    String plural() {
        return plural;
    }

    /**
     * Returns the most frequent separator in the header outside quotes. In a tie, or if there is none, it is the tab
     * for {@code .tsv} files and the comma for others.
     */
    static CsvSeparator of(Path file, BufferedReader reader) throws IOException {
        reader.mark(HEAD);
        char[] head = new char[HEAD];
        int length = Math.max(0, reader.read(head, 0, HEAD));
        reader.reset();
        int[] counts = counts(head, length);
        boolean tabs =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".tsv");
        CsvSeparator most = tabs ? TAB : COMMA;
        for (CsvSeparator separator : values()) {
            if (counts[separator.ordinal()] > counts[most.ordinal()]) {
                most = separator;
            }
        }
        return most;
    }

    private static int[] counts(char[] head, int length) {
        int[] counts = new int[values().length];
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < length; i++) {
            char c = head[i];
            quoted ^= c == '"';
            boolean lineEnd = c == '\n' || c == '\r';
            if (lineEnd && !quoted && begun) {
                break;
            }
            begun |= !lineEnd;
            for (CsvSeparator separator : values()) {
                counts[separator.ordinal()] += !quoted && separator.character == c ? 1 : 0;
            }
        }
        return counts;
    }
}
