package org.sqltune.model.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileKind;
import org.sqltune.core.text.Failures;

/** Reads JSON that must be one object and nothing behind it. */
public final class JsonObjects {
    private static final ObjectReader READER =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final ObjectReader STRICT = READER.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /** Larger than any tokenizer's or index; each byte takes some ten in memory. */
    private static final long LARGEST = 100_000_000;

    private JsonObjects() {}

    /**
     * The object in a file.
     *
     * @throws SqlTuneException if the file can't be read or holds anything else
     */
    public static ObjectNode read(Path file) {
        return read(READER, file);
    }

    /**
     * As {@link #read(Path)}, and no key of an object may come twice: for files that other libraries read as well, which
     * may take another one of the two.
     */
    public static ObjectNode readStrictly(Path file) {
        return read(STRICT, file);
    }

    private static ObjectNode read(ObjectReader reader, Path file) {
        try {
            requireFile(file);
            return parse(reader, Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            requireOwnKind(file);
            throw new SqlTuneException(file + " is damaged: " + Failures.reason(e) + ". Download or save it again", e);
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read " + file + ": " + Failures.reason(e) + ". Check the file and its permissions", e);
        }
    }

    /** Names what lies in a file's place, such as a pointer of Git LFS. */
    private static void requireOwnKind(Path file) {
        String other = FileKind.unlessText(file);
        if (!other.isEmpty()) {
            throw new SqlTuneException(file + other);
        }
    }

    private static void requireFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new SqlTuneException(file + " is a folder, not a file. Download or save it again");
        }
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new SqlTuneException(file + " has " + size + " bytes, more than the " + LARGEST
                    + " that are read of such a file. Check that it is the model's");
        }
    }

    /**
     * The object in a text.
     *
     * @throws JsonProcessingException if it holds anything else; {@link Failures#reason} says what in one line
     */
    public static ObjectNode parse(byte[] json) throws IOException {
        return parse(READER, json);
    }

    private static ObjectNode parse(ObjectReader reader, byte... json) throws IOException {
        if (json.length == 0) {
            throw new JsonParseException(null, "it is empty");
        }
        JsonNode node = reader.readTree(json);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new JsonParseException(null, "an object was expected, not " + kind(node));
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "nothing";
        };
    }
}
