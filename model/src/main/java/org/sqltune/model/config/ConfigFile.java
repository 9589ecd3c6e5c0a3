package org.sqltune.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.model.torch.ElementType;

/** The values of a JSON file, each checked as it is read: a fault is one line with the file, the key and the value. */
public final class ConfigFile {
    private final Path file;
    private final JsonNode root;

    private ConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** @throws SqlTuneException if the file can't be read or is no JSON object */
    public static ConfigFile read(Path file) {
        return new ConfigFile(file, JsonObjects.read(file));
    }

    /** What is thrown for a value that won't do. */
    public SqlTuneException fault(String message) {
        return new SqlTuneException(file + ": " + PrintableText.oneLine(message));
    }

    /** The value itself; missing where there is none. */
    public JsonNode node(String key) {
        return root.path(key);
    }

    /** Whether the key is there and null. */
    public boolean isNull(String key) {
        return root.path(key).isNull();
    }

    /** Whether the key says anything. */
    public boolean has(String key) {
        return root.hasNonNull(key);
    }

    public String text(String key, String fallback) {
        return root.path(key).asText(fallback);
    }

    /** A positive whole number that must be there. */
    public int size(String key) {
        Integer value = optionalSize(key);
        if (value == null) {
            throw new SqlTuneException(file + " has no " + key + ". Check that the file is a causal model's config");
        }
        return value;
    }

    public int size(String key, int fallback) {
        Integer value = optionalSize(key);
        return value == null ? fallback : value;
    }

    @Nullable
    public Integer optionalSize(String key) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isInt() || node.asInt() < 1) {
            throw fault(key + " must be a positive whole number, not " + node);
        }
        return node.asInt();
    }

    /** A positive number. */
    public double positive(String key, double fallback) {
        return positive(root, key, fallback);
    }

    /** A positive number in an object inside the file. */
    public double positive(JsonNode object, String key, double fallback) {
        JsonNode node = object.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
            throw fault(key + " must be a positive number, not " + node);
        }
        return node.asDouble();
    }

    /** A positive number, or 0 where the key is null; {@code fallback} where it is missing. */
    public double positiveOrNone(String key, double fallback) {
        return isNull(key) ? 0 : positive(key, fallback);
    }

    public boolean flag(String key, boolean fallback) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw fault(key + " must be true or false, not " + node);
        }
        return node.asBoolean();
    }

    /** Refuses a value that would change the arithmetic. */
    public void require(String key, String fallback, String supported) {
        String value = text(key, fallback);
        if (!value.equals(supported)) {
            throw fault(key + " '" + value + "' is not supported. Supported: " + supported);
        }
    }

    public Activation activation(String key, String fallback) {
        String name = text(key, fallback);
        return Activation.ofName(name)
                .orElseThrow(() -> fault(key + " '" + name + "' is not supported. Supported: "
                        + String.join(", ", Activation.allNames())));
    }

    /** The element type that the weights are said to have. */
    public ElementType storedType() {
        String dtype = text("dtype", text("torch_dtype", "float32"));
        return switch (dtype.toLowerCase(Locale.ROOT)) {
            case "bfloat16" -> ElementType.BFLOAT16;
            case "float16" -> ElementType.FLOAT16;
            case "float32", "auto" -> ElementType.FLOAT32;
            default -> throw fault("dtype '" + dtype + "' is not supported. Supported: float32, float16, bfloat16");
        };
    }

    /** Token ids: one, several or none. Some files say "none" by a negative id. */
    public List<Integer> tokenIds(String key) {
        JsonNode node = root.path(key);
        List<Integer> ids = new ArrayList<>();
        StreamSupport.stream((node.isArray() ? node : List.of(node)).spliterator(), false)
                .filter(JsonNode::isInt)
                .map(JsonNode::asInt)
                .filter(id -> id >= 0)
                .forEach(ids::add);
        return ids;
    }
}
