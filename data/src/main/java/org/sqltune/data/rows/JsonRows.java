package org.sqltune.data.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.data.rows.BoundedReader.RowTooLongException;

/**
 * Reads data files one object at a time: JSON Lines (<a href="https://jsonlines.org">jsonlines.org</a>), one JSON
 * array of objects, or consecutive objects that each span several lines. The encoding is UTF-8, or UTF-16 with a byte
 * order mark. Blank lines are skipped, and {@code NaN} and {@code Infinity}, which Python writes, are numbers.
 */
public final class JsonRows {
    /** The number of characters in which an array's bracket is searched. */
    private static final int HEAD = 1024;

    private static final Pattern PLACE = Pattern.compile("\\(line \\d+, (column \\d+)\\)$");
    private static final Pattern PRINTED = Pattern.compile("\\{[ \\t]*\\R\\s*[\"}]");

    /** Reads array elements from one stream, in which tokens may follow an element. */
    private static final JsonMapper ELEMENTS = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final JsonMapper LINES = ELEMENTS.rebuild()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final RowFaults faults;
    private final Action action;
    private boolean any;

    private JsonRows(Path file, RowFaults faults, Action action) {
        this.file = file;
        this.faults = faults;
        this.action = action;
    }

    /** Receives rows. */
    @FunctionalInterface
    public interface Action {
        /** Receives a row, in the file's order. */
        void accept(JsonRow row);
    }

    /**
     * Passes every row to {@code action}.
     *
     * @throws SqlTuneException if the file is missing, not UTF-8 or without rows, or a line isn't a JSON object
     */
    public static void forEach(Path file, Action action) {
        forEach(file, RowFaults.STRICT, action);
    }

    /**
     * Passes every row to {@code action}, and broken rows to {@code faults}: lines that aren't JSON objects, and rows
     * for which {@code action} throws. A malformed array or invalid text can't be read any further and counts as one
     * more broken row.
     *
     * @throws SqlTuneException if the file is missing or without rows, or if {@code faults} throws it
     */
    public static void forEach(Path file, RowFaults faults, Action action) {
        new JsonRows(file, faults, action).read();
    }

    private void read() {
        try (BufferedReader reader = TextFiles.open(file)) {
            switch (layout(reader)) {
                case ARRAY -> readStream(reader, JsonToken.END_ARRAY);
                case PRINTED -> readStream(reader, null);
                case LINES -> readLines(reader);
            }
            if (!any) {
                throw new SqlTuneException(file + " is empty: it needs at least one row");
            }
        } catch (CharacterCodingException e) {
            broken(TextFiles.notText(file, e));
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the file", e);
        }
    }

    private enum Layout {
        LINES,
        ARRAY,
        PRINTED
    }

    /**
     * Determines the layout by the beginning: an array's bracket, or an object's brace alone on its line with a key
     * on the next.
     */
    private static Layout layout(BufferedReader reader) throws IOException {
        reader.mark(HEAD);
        char[] head = new char[HEAD];
        int length = Math.max(0, reader.read(head, 0, HEAD));
        reader.reset();
        String beginning = new String(head, 0, length).stripLeading();
        if (beginning.startsWith("[")) {
            return Layout.ARRAY;
        }
        return PRINTED.matcher(beginning).lookingAt() ? Layout.PRINTED : Layout.LINES;
    }

    private void readLines(BufferedReader reader) throws IOException {
        TextLines lines = new TextLines(reader);
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            if (!line.isBlank()) {
                any = true;
                faults.row();
                try {
                    if (lines.tooLong()) {
                        throw tooLong(number);
                    }
                    action.accept(row(number, line));
                } catch (SqlTuneException fault) {
                    faults.broken(fault);
                }
            }
        }
    }

    private JsonRow row(int number, String line) {
        try {
            return object(number, LINES.readTree(line));
        } catch (JsonProcessingException e) {
            throw invalid(number, e);
        }
    }

    /** Reads an array's elements or, if {@code end} is null, objects up to the end of the text. */
    private void readStream(BufferedReader reader, @Nullable JsonToken end) throws IOException {
        BoundedReader bounded = new BoundedReader(reader);
        int line = 1;
        try (JsonParser parser = ELEMENTS.createParser(bounded)) {
            if (end != null) {
                parser.nextToken();
            }
            for (JsonToken token = parser.nextToken(); token != end; token = parser.nextToken()) {
                line = parser.currentTokenLocation().getLineNr();
                JsonNode element = token == null ? null : ELEMENTS.readTree(parser);
                if (element == null) {
                    broken(invalid(line, "it breaks off", null));
                    return;
                }
                any = true;
                faults.row();
                try {
                    action.accept(object(line, element));
                } catch (SqlTuneException fault) {
                    faults.broken(fault);
                }
                bounded.nextRow();
            }
        } catch (JsonProcessingException e) {
            broken(invalid(e.getLocation() == null ? line : e.getLocation().getLineNr(), e));
        } catch (RowTooLongException e) {
            broken(tooLong(line));
        }
    }

    /** Reports a fault after which nothing can be read. */
    private void broken(SqlTuneException fault) {
        any = true;
        faults.row();
        faults.broken(fault);
    }

    private JsonRow object(int line, JsonNode node) {
        JsonRow row = new JsonRow(file, line, node);
        if (!node.isObject()) {
            throw row.fault("not a JSON object: write one {…} per line");
        }
        return row;
    }

    private SqlTuneException tooLong(int line) {
        return new SqlTuneException(file + " line " + line + ": longer than " + TextLines.MOST
                + " characters; write one row a line, with a line break behind each");
    }

    private SqlTuneException invalid(int line, JsonProcessingException e) {
        // Each line is parsed separately, so its number in the file is known here.
        return invalid(line, PLACE.matcher(Failures.reason(e)).replaceFirst("($1)"), e);
    }

    private SqlTuneException invalid(int line, String reason, @Nullable JsonProcessingException e) {
        String message = file + " line " + line + ": not valid JSON: " + reason + "; mend or remove it";
        return e == null ? new SqlTuneException(message) : new SqlTuneException(message, e);
    }
}
