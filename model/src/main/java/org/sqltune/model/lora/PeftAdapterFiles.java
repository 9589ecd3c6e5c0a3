package org.sqltune.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.ProjectionType;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.ElementType;

/**
 * Adapters in PEFT's files, {@code adapter_config.json} and {@code adapter_model.safetensors}, so that they load in
 * Python and Python's load here.
 */
public final class PeftAdapterFiles {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Keys that are understood, or that change nothing while a model only computes. */
    private static final Set<String> HARMLESS_KEYS = Set.of(
            "peft_type",
            "target_modules",
            "base_model_name_or_path",
            "revision",
            "task_type",
            "inference_mode",
            "r",
            "lora_alpha",
            "lora_dropout",
            "bias",
            "fan_in_fan_out",
            "init_lora_weights",
            "auto_mapping",
            "megatron_config",
            "megatron_core",
            "peft_version",
            "runtime_config",
            "eva_config",
            "corda_config",
            "loftq_config",
            "qalora_group_size",
            "lora_ga_config",
            "ensure_weight_tying");

    private PeftAdapterFiles() {}

    /**
     * Loads an adapter for a decoder; it is not attached yet.
     *
     * @throws SqlTuneException if files are missing or damaged, or the adapter does something not supported
     */
    public static LoraAdapter load(Path folder, Decoder decoder) {
        return load(folder, decoder, readConfig(folder));
    }

    /** As {@link #load(Path, Decoder)}, with alpha and dropout from {@code config} instead of the file. */
    public static LoraAdapter load(Path folder, Decoder decoder, LoraConfig config) {
        if (!Files.exists(folder.resolve(WEIGHTS))) {
            throw new SqlTuneException(folder + " has no " + WEIGHTS
                    + ". Adapters saved as .bin are pickles and not read; save again with safe_serialization=True");
        }
        try (SafetensorsReader reader = SafetensorsReader.ofFile(decoder.torch(), folder.resolve(WEIGHTS))) {
            LoraAdapter adapter = new LoraAdapter(
                    decoder,
                    config,
                    (scope, name, rows, columns) -> reader.read(scope, name, ElementType.FLOAT32, rows, columns));
            Set<String> known = adapter.tensors().keySet();
            reader.names().stream()
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new SqlTuneException(folder.resolve(WEIGHTS) + ": tensor " + name
                                + " belongs to no linear map that target_modules names, or its kind is not supported");
                    });
            return adapter;
        }
    }

    /** Reads {@code adapter_config.json}. */
    public static LoraConfig readConfig(Path folder) {
        Path file = folder.resolve(CONFIG);
        if (!Files.exists(file)) {
            throw new SqlTuneException("There is no adapter in " + folder + ": " + CONFIG
                    + " is missing. Give the folder that training wrote, such as outputs/run/final_model");
        }
        JsonNode root = JsonObjects.read(file);
        check(file, root);
        return new LoraConfig(
                root.path("r").asInt(8),
                root.path("lora_alpha").asDouble(8),
                root.path("lora_dropout").asDouble(0),
                targets(file, root.path("target_modules")));
    }

    private static void check(Path file, JsonNode root) {
        if (!root.path("peft_type").asText().equals("LORA")) {
            throw new SqlTuneException(
                    file + ": peft_type " + root.path("peft_type") + " is not supported. Supported: LORA");
        }
        if (!root.path("bias").asText("none").equals("none")
                || root.path("fan_in_fan_out").asBoolean(false)) {
            throw new SqlTuneException(file + ": bias other than none and fan_in_fan_out are not supported");
        }
        List<String> unsupported = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!HARMLESS_KEYS.contains(entry.getKey()) && !saysNothing(entry.getValue())) {
                unsupported.add(entry.getKey() + "=" + entry.getValue());
            }
        }
        if (!unsupported.isEmpty()) {
            throw new SqlTuneException(file + ": not supported: " + String.join(", ", unsupported)
                    + ". Merge the adapter in Python and use the merged model");
        }
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.asBoolean())
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }

    private static List<ProjectionType> targets(Path file, JsonNode node) {
        if (node.asText().equals("all-linear")) {
            return List.of(ProjectionType.values());
        }
        List<ProjectionType> targets = new ArrayList<>();
        for (JsonNode each : node) {
            String name = each.asText();
            targets.add(ProjectionType.ofModuleName(name)
                    .orElseThrow(() -> new SqlTuneException(file + ": target module " + name
                            + " is not a linear map of this model. Supported: q_proj, k_proj, v_proj, o_proj,"
                            + " gate_proj, up_proj, down_proj")));
        }
        if (targets.isEmpty()) {
            throw new SqlTuneException(file + ": target_modules must be a list of module names, not " + node);
        }
        return targets;
    }

    /**
     * Writes both files into a folder that exists.
     *
     * @param baseModel what the adapter belongs to: a folder or a hub name
     */
    public static void writeInto(Path folder, LoraAdapter adapter, Decoder decoder, String baseModel)
            throws IOException {
        JSON.writeValue(folder.resolve(CONFIG).toFile(), configJson(adapter.config(), baseModel));
        new SafetensorsWriter(decoder.torch()).writeDirectly(folder.resolve(WEIGHTS), adapter.tensors());
    }

    private static Map<String, Object> configJson(LoraConfig config, String baseModel) {
        Map<String, Object> json = new TreeMap<>();
        json.put("base_model_name_or_path", baseModel);
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("inference_mode", true);
        json.put("init_lora_weights", true);
        json.put("layers_pattern", null);
        json.put("layers_to_transform", null);
        json.put("lora_alpha", whole(config.alpha()));
        json.put("lora_dropout", config.dropout());
        json.put("modules_to_save", null);
        json.put("peft_type", "LORA");
        json.put("r", config.rank());
        json.put("rank_pattern", Map.of());
        json.put("alpha_pattern", Map.of());
        json.put("revision", null);
        json.put(
                "target_modules",
                config.targets().stream().map(ProjectionType::moduleName).toList());
        json.put("task_type", "CAUSAL_LM");
        json.put("use_dora", false);
        json.put("use_rslora", false);
        return json;
    }

    /** PEFT writes a whole alpha without a decimal point. */
    private static Number whole(double value) {
        return value == Math.rint(value) ? (Number) (long) value : (Number) value;
    }
}
