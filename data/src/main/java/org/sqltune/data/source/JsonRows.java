package org.sqltune.data.source;

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
import java.util.function.Predicate;
import org.sqltune.core.SqlTuneException;

/**
 * Reads data files one object at a time: JSON Lines (<a href="https://jsonlines.org">jsonlines.org</a>) or one JSON
 * array of objects, in UTF-8 with or without a byte order mark. Blank lines don't count.
 */
public final class JsonRows {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The array's elements are read from one stream, where something always follows. */
    private static final JsonMapper ELEMENTS = JsonMapper.builder().build();

    private static final char BYTE_ORDER_MARK = '\uFEFF';

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
        read(file, row -> {
            action.accept(row);
            return true;
        });
    }

    /** The first row; otherwise as {@link #forEach}. */
    static JsonRow first(Path file) {
        JsonRow[] first = new JsonRow[1];
        read(file, row -> {
            first[0] = row;
            return false;
        });
        return first[0];
    }

    private static void read(Path file, Predicate<JsonRow> wantsMore) {
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No file " + file + ": check the path");
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            boolean any = atArray(reader) ? readArray(file, reader, wantsMore) : readLines(file, reader, wantsMore);
            if (!any) {
                throw new SqlTuneException(file + " is empty: it needs at least one row");
            }
        } catch (CharacterCodingException e) {
            throw new SqlTuneException(file + " isn't UTF-8: convert it, for example with iconv", e);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
    }

    /** Skips a byte order mark; looks whether the first character of the content opens an array. */
    private static boolean atArray(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        reader.mark(1024);
        int c = ' ';
        for (int i = 0; i < 1024 && c >= 0 && Character.isWhitespace(c); i++) {
            c = reader.read();
        }
        reader.reset();
        return c == '[';
    }

    private static boolean readLines(Path file, BufferedReader reader, Predicate<JsonRow> wantsMore)
            throws IOException {
        boolean any = false;
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank()) {
                any = true;
                if (!wantsMore.test(row(file, number, line))) {
                    break;
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

    private static boolean readArray(Path file, BufferedReader reader, Predicate<JsonRow> wantsMore)
            throws IOException {
        boolean any = false;
        try (JsonParser parser = ELEMENTS.createParser(reader)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int line = parser.currentTokenLocation().getLineNr();
                any = true;
                if (!wantsMore.test(object(file, line, ELEMENTS.readTree(parser)))) {
                    break;
                }
            }
        } catch (JsonProcessingException e) {
            throw broken(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e);
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
