package org.sqltune.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.json.JsonObjects;

/**
 * Ids put around texts.
 *
 * @param bos put before a prompt; null if the model has none
 * @param eos ends a completion; null if the model has none
 * @param pad fills rows up; null if the model has none
 */
public record SpecialTokens(
        @Nullable Integer bos,
        @Nullable Integer eos,
        @Nullable Integer pad) {

    /**
     * Reads them from {@code tokenizer_config.json}, and from config.json what that file doesn't mention. A token that
     * is null there, or a BOS with {@code add_bos_token: false}, is none.
     */
    static SpecialTokens read(Path folder, DecoderConfig config) {
        JsonNode settings = json(folder.resolve("tokenizer_config.json"));
        Map<String, Integer> ids = tokenIds(json(folder.resolve("tokenizer.json")), settings);
        Integer bos = settings.path("add_bos_token").asBoolean(true)
                ? find(settings, "bos_token", ids, config.bosTokenId(), folder)
                : null;
        return new SpecialTokens(
                bos,
                find(settings, "eos_token", ids, config.eosTokenId(), folder),
                find(settings, "pad_token", ids, config.padTokenId(), folder));
    }

    private static JsonNode json(Path file) {
        return Files.exists(file) ? JsonObjects.read(file) : MissingNode.getInstance();
    }

    private static Map<String, Integer> tokenIds(JsonNode tokenizer, JsonNode settings) {
        Map<String, Integer> ids = new HashMap<>();
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isObject()) {
            vocabulary
                    .properties()
                    .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
        }
        settings.path("added_tokens_decoder")
                .properties()
                .forEach(entry -> ids.put(entry.getValue().path("content").asText(), Integer.valueOf(entry.getKey())));
        tokenizer
                .path("added_tokens")
                .forEach(token ->
                        ids.put(token.path("content").asText(), token.path("id").asInt()));
        return ids;
    }

    private static @Nullable Integer find(
            JsonNode settings, String key, Map<String, Integer> ids, @Nullable Integer fallback, Path folder) {
        JsonNode node = settings.path(key);
        if (node.isMissingNode()) {
            return fallback;
        }
        if (node.isNull()) {
            return null;
        }
        // Either the token's text, or an object that says how it is matched.
        String text = node.isObject() ? node.path("content").asText() : node.asText();
        Integer id = ids.get(text);
        if (id == null) {
            throw new SqlTuneException(folder.resolve("tokenizer_config.json") + ": " + key + " '" + text
                    + "' is not a token of tokenizer.json. Check that both files belong together");
        }
        return id;
    }
}
