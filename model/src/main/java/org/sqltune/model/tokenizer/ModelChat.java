package org.sqltune.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.json.JsonObjects;

/**
 * What a model's folder says of conversations, as transformers reads it: {@code chat_template.jinja}, or else {@code
 * chat_template} of {@code tokenizer_config.json}, which may be a list of templates with names; then {@code default} is meant.
 *
 * @param template the Jinja text; null if the model has none
 * @param source where it comes from
 * @param specialTokens texts of special tokens by the names that templates know, such as {@code bos_token}
 */
public record ModelChat(@Nullable String template, String source, Map<String, String> specialTokens) {
    private static final String FILE = "chat_template.jinja";
    private static final String SETTINGS = "tokenizer_config.json";
    private static final String KEY = "chat_template";
    private static final List<String> TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    public ModelChat {
        specialTokens = Map.copyOf(specialTokens);
    }

    /**
     * Reads a model's folder.
     *
     * @throws SqlTuneException if a file is damaged, or its list of templates has no {@code default}
     */
    public static ModelChat read(Path folder) {
        JsonNode settings = json(folder.resolve(SETTINGS));
        Map<String, String> tokens = new LinkedHashMap<>();
        JsonNode map = json(folder.resolve("special_tokens_map.json"));
        for (String name : TOKENS) {
            String text = text(settings.has(name) ? settings.path(name) : map.path(name));
            if (text != null) {
                tokens.put(name, text);
            }
        }
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            return new ModelChat(read(file, folder), file.toString(), tokens);
        }
        Path source = folder.resolve(SETTINGS);
        return new ModelChat(template(settings.path(KEY), source), KEY + " of " + source, tokens);
    }

    private static String read(Path file, Path folder) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SqlTuneException(
                    file + " can't be read as UTF-8 text (" + e + "): copy it again from where " + folder
                            + " comes from",
                    e);
        }
    }

    private static JsonNode json(Path file) {
        return Files.exists(file) ? JsonObjects.read(file) : MissingNode.getInstance();
    }

    private static @Nullable String text(JsonNode token) {
        JsonNode content = token.isObject() ? token.path("content") : token;
        return content.isTextual() ? content.textValue() : null;
    }

    private static @Nullable String template(JsonNode value, Path source) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (!value.isArray() || value.isEmpty()) {
            return null;
        }
        for (JsonNode each : value) {
            if (each.path("name").asText().equals("default")
                    && each.path("template").isTextual()) {
                return each.path("template").textValue();
            }
        }
        throw new SqlTuneException(source + ": " + KEY
                + " is a list of templates without one named default; name a Jinja" + " file with data.chat_template");
    }
}
