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
import org.sqltune.model.json.JsonObjects;

/** PEFT's {@code adapter_config.json}. Keys: {@code LoraConfig} in peft/tuners/lora/config.py. */
final class PeftConfig {
    static final String FILE = "adapter_config.json";

    /** The release that the files were compared with. */
    private static final String PEFT_VERSION = "0.21.0";

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

    /** Named initialisations that set only A and B. The others change the base model too, again at every loading. */
    private static final Set<String> HARMLESS_INITIALISATIONS = Set.of("gaussian", "orthogonal", "eva");

    private final Path file;
    private final JsonNode root;

    private PeftConfig(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads the file in an adapter's folder. Unknown keys that say nothing (null, false, empty) are ignored.
     *
     * @throws SqlTuneException if it is missing or damaged, or calls for arithmetic that is not supported
     */
    static LoraConfig read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new SqlTuneException("There is no adapter in " + folder + ": " + FILE
                    + " is missing. Give the folder that training wrote, such as outputs/run/final_model");
        }
        return new PeftConfig(file, JsonObjects.read(file)).read();
    }

    private LoraConfig read() {
        check();
        double rank = number("r", 8);
        double alpha = number("lora_alpha", 8);
        double dropout = number("lora_dropout", 0);
        require(rank >= 1 && rank == (int) rank, "r", "a positive whole number");
        require(dropout >= 0 && dropout < 1, "lora_dropout", "from 0 to below 1");
        return new LoraConfig((int) rank, alpha, dropout, targets(root.path("target_modules")));
    }

    private void check() {
        require(root.path("peft_type").asText().equals("LORA"), "peft_type", "LORA");
        require(root.path("bias").asText("none").equals("none"), "bias", "none");
        require(!root.path("fan_in_fan_out").asBoolean(false), "fan_in_fan_out", "false");
        List<String> unsupported = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!HARMLESS_KEYS.contains(entry.getKey()) && !saysNothing(entry.getValue())) {
                unsupported.add(entry.getKey() + "=" + entry.getValue());
            }
        }
        JsonNode initialisation = root.path("init_lora_weights");
        if (initialisation.isTextual() && !HARMLESS_INITIALISATIONS.contains(initialisation.asText())) {
            unsupported.add("init_lora_weights=" + initialisation + " (it changes the base model)");
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

    private double number(String key, double fallback) {
        JsonNode node = root.path(key);
        require(node.isNumber() || node.isMissingNode() || node.isNull(), key, "a number");
        return node.asDouble(fallback);
    }

    private void require(boolean fulfilled, String key, String supported) {
        if (!fulfilled) {
            throw new SqlTuneException(file + ": " + key + " must be " + supported + ", not " + root.path(key));
        }
    }

    private List<String> targets(JsonNode node) {
        if (node.isTextual()) {
            // PEFT reads any other text as a regular expression over module names.
            require(node.asText().equals(LoraConfig.ALL_LINEAR), "target_modules", "a list of names, or all-linear");
            return List.of(LoraConfig.ALL_LINEAR);
        }
        List<String> targets = new ArrayList<>();
        node.forEach(each -> targets.add(each.asText()));
        require(!targets.isEmpty(), "target_modules", "a list of module names");
        return targets;
    }

    /**
     * Writes the file into an adapter's folder, keys sorted.
     *
     * @param config with every target by its name
     * @param baseModel what the adapter belongs to: a folder or a hub name
     */
    static void writeInto(Path folder, LoraConfig config, String baseModel) throws IOException {
        JSON.writeValue(folder.resolve(FILE).toFile(), json(config, baseModel));
    }

    private static Map<String, Object> json(LoraConfig config, String baseModel) {
        Map<String, Object> json = new TreeMap<>();
        json.put("alpha_pattern", Map.of());
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
        json.put("peft_version", PEFT_VERSION);
        json.put("r", config.rank());
        json.put("rank_pattern", Map.of());
        json.put("revision", null);
        json.put("target_modules", config.targets());
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
