package org.sqltune.model.lora;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes PEFT's {@code adapter_config.json}, with the keys that matter of those of its {@code LoraConfig}. */
final class PeftConfigWriter {
    /** The release that the files were compared with. */
    private static final String PEFT_VERSION = "0.21.0";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private PeftConfigWriter() {}

    /**
     * Writes the file into an adapter's folder, keys sorted.
     *
     * @param config with every target by its name
     */
    static void writeInto(Path folder, LoraConfig config, AdapterBase base) throws IOException {
        JSON.writeValue(folder.resolve(PeftConfig.FILE).toFile(), json(config, base));
    }

    private static Map<String, Object> json(LoraConfig config, AdapterBase base) {
        Map<String, Object> json = new TreeMap<>();
        json.put("alpha_pattern", whole(config.alphas().byPattern()));
        json.put("base_model_name_or_path", base.name());
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("inference_mode", true);
        json.put("init_lora_weights", true);
        json.put("layers_pattern", null);
        json.put("layers_to_transform", config.layers().isEmpty() ? null : config.layers());
        json.put("lora_alpha", whole(config.alpha()));
        json.put("lora_dropout", config.dropout());
        json.put("modules_to_save", null);
        json.put("peft_type", "LORA");
        json.put("peft_version", PEFT_VERSION);
        json.put("r", config.rank());
        json.put("rank_pattern", config.ranks().byPattern());
        json.put("revision", base.revision());
        json.put("target_modules", config.targetPattern().isEmpty() ? config.targets() : config.targetPattern());
        json.put("task_type", "CAUSAL_LM");
        json.put("use_dora", config.weightDecomposed());
        json.put("use_rslora", config.rankStabilized());
        return json;
    }

    private static Map<String, Number> whole(Map<String, Double> values) {
        Map<String, Number> whole = new LinkedHashMap<>();
        values.forEach((key, value) -> whole.put(key, whole(value)));
        return whole;
    }

    /** PEFT writes a whole alpha without a decimal point. */
    private static Number whole(double value) {
        return value == Math.rint(value) ? (Number) (long) value : (Number) value;
    }
}
