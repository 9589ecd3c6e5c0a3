package org.sqltune.data.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;

/**
 * Reads data files one object at a time: JSON Lines (<a href="https://jsonlines.org">jsonlines.org</a>) or one JSON
 * array of objects, in UTF-8, or in UTF-16 with a byte order mark. Blank lines don't count.
 */
public final class JsonRows {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The array's elements are read from one stream, where something always follows. */
    private static final JsonMapper ELEMENTS = JsonMapper.builder().build();

    private JsonRows() {}

    /** Takes one row. */
    @FunctionalInterface
    public interface Action {
        /** Called for each row, in the order of the file. */
        void accept(JsonRow row);
    }

    /**
     * Hands every row to {@code action}.
     *
     * @throws SqlTuneException if the file is missing, not UTF-8 or without rows, or a line is no JSON object
     */
    public static void forEach(Path file, Action action) {
        forEach(file, RowFaults.STRICT, action);
    }

    /**
     * Hands every row to {@code action}, and what is broken to {@code faults}: lines that are no JSON objects, and rows
     * that {@code action} throws at. An array that isn't well-formed, and text that isn't text, can't be read any further:
     * that counts as one broken row more.
     *
     * @throws SqlTuneException if the file is missing or without rows; and as {@code faults} does
     */
    public static void forEach(Path file, RowFaults faults, Action action) {
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No file " + file + ": check the path");
        }
        try (BufferedReader reader = TextFiles.open(file)) {
            boolean any =
                    atArray(reader) ? readArray(file, reader, faults, action) : readLines(file, reader, faults, action);
            if (!any) {
                throw new SqlTuneException(file + " is empty: it needs at least one row");
            }
        } catch (CharacterCodingException e) {
            faults.row();
            faults.broken(TextFiles.notText(file, e));
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
    }

    /** Looks whether the first character of the content opens an array. */
    private static boolean atArray(BufferedReader reader) throws IOException {
        reader.mark(1024);
        int c = ' ';
        for (int i = 0; i < 1024 && c >= 0 && Character.isWhitespace(c); i++) {
            c = reader.read();
        }
        reader.reset();
        return c == '[';
    }

    private static boolean readLines(Path file, BufferedReader reader, RowFaults faults, Action action)
            throws IOException {
        boolean any = false;
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank()) {
                any = true;
                faults.row();
                try {
                    action.accept(row(file, number, line));
                } catch (SqlTuneException fault) {
                    faults.broken(fault);
                }
            }
        }
        return any;
    }

    private static JsonRow row(Path file, int number, String line) {
        try {
            return object(file, number, MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            throw broken(file, number, e);
        }
    }

    private static boolean readArray(Path file, BufferedReader reader, RowFaults faults, Action action)
            throws IOException {
        boolean any = false;
        try (JsonParser parser = ELEMENTS.createParser(reader)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int line = parser.currentTokenLocation().getLineNr();
                any = true;
                JsonNode element = ELEMENTS.readTree(parser);
                faults.row();
                try {
                    action.accept(object(file, line, element));
                } catch (SqlTuneException fault) {
                    faults.broken(fault);
                }
            }
        } catch (JsonProcessingException e) {
            faults.row();
            faults.broken(
                    broken(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e));
        }
        return any;
    }

    private static JsonRow object(Path file, int line, JsonNode node) {
        JsonRow row = new JsonRow(file, line, node);
        if (!node.isObject()) {
            throw row.fault("not a JSON object: write one {…} a line");
        }
        return row;
    }

    private static SqlTuneException broken(Path file, int line, JsonProcessingException e) {
        return new SqlTuneException(file + " line " + line + ": not valid JSON: " + e.getOriginalMessage(), e);
    }
}
