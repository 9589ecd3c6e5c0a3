package org.sqltune.deployment.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What llama.cpp calls the way in which a byte-level tokenizer cuts texts before it looks for tokens. A file without the
 * right name is read, and texts are cut otherwise than in training.
 */
final class PreTokenizers {
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String DIGIT = "\\p{N}";
    private static final String AFTER_DIGITS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String BEFORE_DIGITS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";

    private static final Map<List<String>, String> NAMES = Map.of(
            List.of(GPT2), "gpt-2",
            List.of(DIGIT, GPT2), "smollm",
            List.of(BEFORE_DIGITS + "\\p{N}{1,3}" + AFTER_DIGITS), "llama-bpe",
            List.of(BEFORE_DIGITS + "\\p{N}" + AFTER_DIGITS), "qwen2",
            List.of("[\r\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-퟿]+", DIGIT), "deepseek-coder");

    private PreTokenizers() {}

    /** The name of a {@code pre_tokenizer} of {@code tokenizer.json}; empty if llama.cpp has none like it. */
    static Optional<String> nameOf(JsonNode preTokenizer) {
        List<String> steps = new ArrayList<>();
        return addSteps(preTokenizer, steps) ? Optional.ofNullable(NAMES.get(steps)) : Optional.empty();
    }

    /** The patterns by which texts are cut, one after the other; false if something else is done. */
    private static boolean addSteps(JsonNode node, List<String> steps) {
        switch (node.path("type").asText()) {
            case "Sequence" -> {
                for (JsonNode each : node.path("pretokenizers")) {
                    if (!addSteps(each, steps)) {
                        return false;
                    }
                }
                return true;
            }
            case "Split" -> {
                JsonNode regex = node.path("pattern").path("Regex");
                boolean isolated = node.path("behavior").asText().equals("Isolated")
                        && !node.path("invert").asBoolean();
                // What isn't matched is dropped: the patterns above match everything.
                boolean kept = node.path("behavior").asText().equals("Removed")
                        && node.path("invert").asBoolean();
                steps.add(regex.asText());
                return regex.isTextual() && (isolated || kept);
            }
            case "Digits" -> {
                steps.add(DIGIT);
                return node.path("individual_digits").asBoolean();
            }
            case "ByteLevel" -> {
                if (node.path("use_regex").asBoolean(true)) {
                    steps.add(GPT2);
                }
                return !node.path("add_prefix_space").asBoolean(true);
            }
            default -> {
                return false;
            }
        }
    }
}
