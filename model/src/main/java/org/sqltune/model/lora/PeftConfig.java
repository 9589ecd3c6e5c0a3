package org.sqltune.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.regex.PythonPattern;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.json.JsonObjects;

/** Reads PEFT's {@code adapter_config.json}. Keys: {@code LoraConfig} in peft/tuners/lora/config.py. */
final class PeftConfig {
    static final String FILE = "adapter_config.json";

    /** Keys that are understood, or that change nothing while a model only computes. */
    private static final Set<String> HARMLESS_KEYS = Set.of(
            "peft_type",
            "target_modules",
            "use_rslora",
            "use_dora",
            "rank_pattern",
            "alpha_pattern",
            "layers_to_transform",
            "layers_pattern",
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

    /** The model that an adapter was made for, if its configuration names one. */
    static Optional<AdapterBase> base(Path folder) {
        JsonNode root = JsonObjects.read(folder.resolve(FILE));
        String revision = root.path("revision").asText("");
        return Optional.of(root.path("base_model_name_or_path").asText(""))
                .filter(name -> !name.isBlank())
                .map(name -> new AdapterBase(
                        name, root.path("revision").isTextual() && !revision.isBlank() ? revision : null));
    }

    private LoraConfig read() {
        check();
        double rank = number("r", 8);
        double alpha = number("lora_alpha", 8);
        double dropout = number("lora_dropout", 0);
        require(rank >= 1 && rank == (int) rank, "r", "a positive whole number");
        require(dropout >= 0 && dropout < 1, "lora_dropout", "from 0 to below 1");
        JsonNode targets = root.path("target_modules");
        List<Integer> layers = layers();
        require(
                layers.isEmpty() || !targets.isTextual(),
                "layers_to_transform",
                "left out where target_modules is " + LoraConfig.ALL_LINEAR + " or a regular expression");
        boolean pattern = targets.isTextual() && !targets.asText().equals(LoraConfig.ALL_LINEAR);
        return new LoraConfig(
                (int) rank,
                alpha,
                dropout,
                pattern ? List.of() : targets(targets),
                flag("use_rslora"),
                flag("use_dora"),
                pattern("rank_pattern", "positive whole numbers", PeftConfig::isRank, JsonNode::intValue),
                pattern("alpha_pattern", "numbers", JsonNode::isNumber, JsonNode::doubleValue),
                layers,
                pattern ? targetPattern(targets.asText()) : "");
    }

    /** PEFT takes a text for a regular expression over modules' whole paths. */
    private String targetPattern(String text) {
        require(!text.isBlank(), "target_modules", "a list of module names, a regular expression, or all-linear");
        try {
            return PythonPattern.of(text).toString();
        } catch (SqlTuneException e) {
            throw new SqlTuneException(file + ": target_modules: " + e.getMessage(), e);
        }
    }

    private static boolean isRank(JsonNode value) {
        return value.isInt() && value.intValue() >= 1;
    }

    private boolean flag(String key) {
        JsonNode node = root.path(key);
        require(node.isBoolean() || node.isMissingNode() || node.isNull(), key, "true or false");
        return node.asBoolean(false);
    }

    private <N extends Number> ModulePatterns<N> pattern(
            String key, String what, Predicate<JsonNode> known, Function<JsonNode, N> value) {
        JsonNode node = root.path(key);
        require(node.isObject() || node.isMissingNode() || node.isNull(), key, "an object of " + what);
        Map<String, N> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            require(known.test(entry.getValue()), key, "an object of " + what);
            values.put(entry.getKey(), value.apply(entry.getValue()));
        }
        try {
            return new ModulePatterns<>(values);
        } catch (SqlTuneException e) {
            throw new SqlTuneException(file + ": " + key + ": " + e.getMessage(), e);
        }
    }

    /** Layers are counted by the only number in a linear layer's path, so of {@code layers_pattern} only the list's own name fits. */
    private List<Integer> layers() {
        JsonNode pattern = root.path("layers_pattern");
        boolean usual = pattern.asText().equals("layers")
                || (pattern.isArray()
                        && pattern.size() == 1
                        && pattern.path(0).asText().equals("layers"));
        require(saysNothing(pattern) || pattern.isMissingNode() || usual, "layers_pattern", "layers, or left out");
        JsonNode node = root.path("layers_to_transform");
        List<Integer> layers = new ArrayList<>();
        if (!node.isMissingNode() && !node.isNull()) {
            (node.isArray() ? node : List.of(node)).forEach(each -> {
                require(each.isInt(), "layers_to_transform", "a layer's number, or a list of them");
                layers.add(each.intValue());
            });
        }
        return layers;
    }

    private void check() {
        require(root.path("peft_type").asText().equals("LORA"), "peft_type", "LORA");
        require(root.path("bias").asText("none").equals("none"), "bias", "none");
        require(!root.path("fan_in_fan_out").asBoolean(false), "fan_in_fan_out", "false");
        List<String> unsupported = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!HARMLESS_KEYS.contains(entry.getKey()) && !saysNothing(entry.getValue())) {
                unsupported.add(PrintableText.clipped(entry.getKey()) + "=" + entry.getValue());
            }
        }
        JsonNode initialisation = root.path("init_lora_weights");
        if (initialisation.isTextual() && !HARMLESS_INITIALISATIONS.contains(initialisation.asText())) {
            unsupported.add(
                    "init_lora_weights=" + initialisation
                            + " (it changes the base model; PEFT's path_initial_model_for_weight_conversion makes plain LoRA of it)");
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
            return List.of(LoraConfig.ALL_LINEAR);
        }
        List<String> targets = new ArrayList<>();
        node.forEach(each -> targets.add(each.asText()));
        require(!targets.isEmpty(), "target_modules", "a list of module names");
        return targets;
    }
}
