package org.sqltune.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON as servers send it. */
public final class ServerJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ServerJson() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads an object.
     *
     * @throws IOException if the text is no JSON object
     */
    public static ObjectNode parse(String text) throws IOException {
        if (MAPPER.readTree(text) instanceof ObjectNode object) {
            return object;
        }
        throw new IOException("no JSON object");
    }

    /**
     * One text of each object in a list.
     *
     * @throws IOException if the object has no such list; null counts as an empty one
     */
    public static List<String> names(JsonNode object, String list, String name) throws IOException {
        if (!object.has(list)) {
            throw new IOException("no list '" + list + "'");
        }
        List<String> names = new ArrayList<>();
        object.path(list).forEach(each -> names.add(each.path(name).asText()));
        return names;
    }

    /** What an object says went wrong, in the ways of OpenAI, Ollama, llama.cpp and FastAPI; null if it says nothing. */
    public static @Nullable String error(JsonNode object) {
        JsonNode error = object.has("error") ? object.path("error") : object.path("detail");
        if (error.isMissingNode() || error.isNull()) {
            return null;
        }
        JsonNode message = error.isObject() ? error.path("message") : error;
        return message.isTextual() ? message.asText() : message.toString();
    }
}
