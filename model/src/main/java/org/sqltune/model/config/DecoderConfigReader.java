package org.sqltune.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.model.torch.ElementType;

/**
 * Reads config.json as transformers 4 writes it ({@code rope_theta}, {@code rope_scaling}, {@code torch_dtype}) and as
 * transformers 5 does ({@code rope_parameters}, {@code dtype}).
 */
public final class DecoderConfigReader {
    /** Model types whose arithmetic this decoder computes. */
    public static final Set<String> SUPPORTED_MODEL_TYPES = Set.of("llama", "mistral");

    private final Path file;
    private final JsonNode root;

    private DecoderConfigReader(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads {@code config.json} in a model's folder.
     *
     * @throws SqlTuneException if it is missing, malformed, or calls for arithmetic that is not supported
     */
    public static DecoderConfig read(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isDirectory(folder)) {
            throw new SqlTuneException("There is no model folder " + folder
                    + ". Give model.name a folder in Hugging Face's layout, or sqltune-nano for the bundled base");
        }
        if (!Files.exists(file)) {
            throw new SqlTuneException(folder + " has no config.json. Give the folder of a Hugging Face model");
        }
        return new DecoderConfigReader(file, JsonObjects.read(file)).read();
    }

    private DecoderConfig read() {
        String modelType = root.path("model_type").asText("");
        if (!SUPPORTED_MODEL_TYPES.contains(modelType)) {
            throw new SqlTuneException(file + ": model_type '" + modelType + "' is not supported. Supported: "
                    + String.join(", ", SUPPORTED_MODEL_TYPES.stream().sorted().toList()));
        }
        requireKnown("hidden_act", root.path("hidden_act").asText("silu"), Set.of("silu", "swish"));
        requireKnown("pretraining_tp", root.path("pretraining_tp").asText("1"), Set.of("1"));
        if (root.hasNonNull("quantization_config")) {
            throw new SqlTuneException(file + ": quantization_config is set: already quantised weights are not"
                    + " supported. Use the original model");
        }
        boolean llama = modelType.equals("llama");
        int hiddenSize = integer("hidden_size");
        int heads = integer("num_attention_heads");
        int keyValueHeads = integer("num_key_value_heads", heads);
        if (heads % keyValueHeads != 0) {
            throw new SqlTuneException(
                    file + ": num_key_value_heads " + keyValueHeads + " doesn't divide num_attention_heads " + heads);
        }
        return new DecoderConfig(
                modelType,
                integer("vocab_size"),
                hiddenSize,
                integer("intermediate_size"),
                integer("num_hidden_layers"),
                heads,
                keyValueHeads,
                headDim(hiddenSize, heads),
                integer("max_position_embeddings", 2048),
                positive(root, "rms_norm_eps", 1e-6),
                ropeTheta(),
                ropeScaling(),
                llama && root.path("attention_bias").asBoolean(false),
                llama && root.path("mlp_bias").asBoolean(false),
                root.path("tie_word_embeddings").asBoolean(false),
                positive(root, "initializer_range", 0.02),
                storedType(),
                llama ? null : optionalInteger("sliding_window"),
                tokenId("bos_token_id"),
                tokenId("eos_token_id"),
                tokenId("pad_token_id"));
    }

    private int headDim(int hiddenSize, int heads) {
        Integer given = optionalInteger("head_dim");
        if (given == null && hiddenSize % heads != 0) {
            throw new SqlTuneException(file + ": num_attention_heads " + heads + " doesn't divide hidden_size "
                    + hiddenSize + ", and there is no head_dim");
        }
        int headDim = given == null ? hiddenSize / heads : given;
        if (headDim % 2 != 0) {
            throw new SqlTuneException(
                    file + ": head_dim " + headDim + " is odd, but rotary embeddings turn pairs of numbers");
        }
        return headDim;
    }

    private double ropeTheta() {
        return positive(root.path("rope_parameters"), "rope_theta", positive(root, "rope_theta", 10_000));
    }

    private RopeScaling ropeScaling() {
        JsonNode parameters = root.path("rope_parameters");
        JsonNode rope = parameters.isObject() ? parameters : root.path("rope_scaling");
        if (root.path("partial_rotary_factor").asDouble(1) != 1
                || rope.path("partial_rotary_factor").asDouble(1) != 1) {
            throw new SqlTuneException(file + ": partial_rotary_factor other than 1 is not supported");
        }
        String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(ropeNumber(rope, "factor"));
            case "llama3" ->
                new RopeScaling.Llama3(
                        ropeNumber(rope, "factor"),
                        ropeNumber(rope, "low_freq_factor"),
                        ropeNumber(rope, "high_freq_factor"),
                        ropeNumber(rope, "original_max_position_embeddings"));
            default ->
                throw new SqlTuneException(file + ": rope scaling '" + type
                        + "' is not supported. Supported: default (no scaling), linear, llama3");
        };
    }

    private double ropeNumber(JsonNode rope, String key) {
        if (!rope.path(key).isNumber()) {
            throw new SqlTuneException(file + ": rope scaling needs the number " + key + ", found " + rope);
        }
        return rope.path(key).asDouble();
    }

    private ElementType storedType() {
        String dtype = root.path("dtype").asText(root.path("torch_dtype").asText("float32"));
        return switch (dtype.toLowerCase(Locale.ROOT)) {
            case "bfloat16" -> ElementType.BFLOAT16;
            case "float16" -> ElementType.FLOAT16;
            case "float32", "auto" -> ElementType.FLOAT32;
            default ->
                throw new SqlTuneException(
                        file + ": dtype '" + dtype + "' is not supported. Supported: float32, float16, bfloat16");
        };
    }

    private void requireKnown(String key, String value, Set<String> known) {
        if (!known.contains(value)) {
            throw new SqlTuneException(file + ": " + key + " '" + value + "' is not supported. Supported: "
                    + String.join(", ", known.stream().sorted().toList()));
        }
    }

    private double positive(JsonNode object, String key, double fallback) {
        JsonNode node = object.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isNumber() || node.asDouble() <= 0) {
            throw new SqlTuneException(file + ": " + key + " must be a positive number, not " + node);
        }
        return node.asDouble();
    }

    private int integer(String key) {
        Integer value = optionalInteger(key);
        if (value == null) {
            throw new SqlTuneException(file + " has no " + key + ". Check that the file is a Llama model's config");
        }
        return value;
    }

    private int integer(String key, int fallback) {
        Integer value = optionalInteger(key);
        return value == null ? fallback : value;
    }

    private @Nullable Integer optionalInteger(String key) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isInt() || node.asInt() < 1) {
            throw new SqlTuneException(file + ": " + key + " must be a positive whole number, not " + node);
        }
        return node.asInt();
    }

    /** A token id; the first of several. */
    private @Nullable Integer tokenId(String key) {
        JsonNode node = root.path(key);
        JsonNode single = node.isArray() ? node.path(0) : node;
        return single.isInt() ? single.asInt() : null;
    }
}
