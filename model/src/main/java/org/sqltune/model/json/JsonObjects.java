package org.sqltune.model.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;

/** Reads JSON that must be one object and nothing behind it. */
public final class JsonObjects {
    private static final ObjectReader READER =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonObjects() {}

    /**
     * The object in a file.
     *
     * @throws SqlTuneException if the file can't be read or holds anything else
     */
    public static ObjectNode read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(
                    file + " is damaged: " + e.getOriginalMessage() + ". Download or save it again", e);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
    }

    /**
     * The object in a text.
     *
     * @throws JsonProcessingException if it holds anything else; {@code getOriginalMessage} says what in one line
     */
    public static ObjectNode parse(byte[] json) throws IOException {
        JsonNode node = READER.readTree(json);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new JsonParseException(null, "an object was expected, not " + node.getNodeType());
    }
}
