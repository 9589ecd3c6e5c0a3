package org.sqltune.data.prompt.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.core.text.Failures;
import org.sqltune.data.prompt.contract.PromptContract.Dialect;

/** Reads a {@code sqltune.json}; the message about its first fault names the remedy. */
final class ContractReader {
    /** The prompt format of a model that was trained on the user's own texts. */
    static final String OWN_TEXTS = "text";

    /** Optional; missing means none. */
    static final String VALUE_LINKS = "value_links";

    /** Optional; missing means none. */
    static final String KNOWLEDGE = "user_knowledge";

    private static final String AGAIN =
            "copy it again from the folder that the model was trained in, or delete it to ask"
                    + " with the run's config.yaml or the default prompts";
    private static final int MOST_CHARS = 80;

    private static final Set<String> KEYS = Set.of(
            "chat_template",
            "dialect",
            "format_version",
            "hash",
            "max_length",
            "prompt_format",
            "prompt_wording",
            "schema_comments",
            "schema_foreign_keys",
            "schema_format",
            "schema_max_tokens",
            "schema_primary_keys",
            "schema_sample_values",
            "stop");

    /** The keys added in {@link ContractFile#VERSION} 2. */
    private static final Set<String> TEMPLATES = Set.of("prompt_template", "system_prompt");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final JsonNode json;

    private ContractReader(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    static ContractReader of(Path file) {
        try {
            return of(file, Files.readString(file));
        } catch (IOException e) {
            throw new SqlTuneException(file + " can't be read (" + Failures.reason(e) + "): " + AGAIN, e);
        }
    }

    /** @param file that has the text, for errors */
    static ContractReader of(Path file, String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (!json.isObject()) {
                throw new SqlTuneException(file + " holds " + shown(json) + " instead of a JSON object: " + AGAIN);
            }
            return new ContractReader(file, json);
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(file + " is damaged: " + Failures.reason(e) + ": " + AGAIN, e);
        }
    }

    PromptContract read() {
        requireVersion();
        requireKeys();
        String form = text("prompt_format");
        List<String> forms = new ArrayList<>(names(PromptFormat.class));
        forms.add(OWN_TEXTS);
        String own = optionalText("prompt_template");
        if (own == null && form.equals(lowerCase(PromptFormat.TEMPLATE))) {
            throw fault("prompt_template", "the text of the template");
        }
        return new PromptContract(
                form.equals(OWN_TEXTS) ? null : choice("prompt_format", PromptFormat.class, forms),
                optionalText("prompt_wording"),
                choice("schema_format", SchemaFormat.class, names(SchemaFormat.class)),
                flag("schema_primary_keys"),
                flag("schema_foreign_keys"),
                flag("schema_comments"),
                number("schema_sample_values", 0),
                optionalNumber("schema_max_tokens"),
                json.has(VALUE_LINKS) ? number(VALUE_LINKS, 1) : 0,
                choice("dialect", Dialect.class, names(Dialect.class)),
                optionalText("chat_template"),
                texts("stop"),
                optionalNumber("max_length"),
                own,
                optionalText("system_prompt"),
                knowledge());
    }

    private KnowledgeSettings knowledge() {
        return json.has(KNOWLEDGE)
                ? ContractKnowledge.read(json.get(KNOWLEDGE))
                        .orElseThrow(() -> fault(KNOWLEDGE, "glossary, examples and documentation"))
                : KnowledgeSettings.DEFAULTS;
    }

    /** @param computed the hash of the file's content */
    void requireHash(String computed) {
        String stored = text("hash");
        if (!stored.equals(computed)) {
            throw new SqlTuneException(file + " was changed: its hash is " + shown(json.get("hash"))
                    + ", that of its content " + computed + ": " + AGAIN);
        }
    }

    /** Checks the format version first, since a newer one may have other keys and values. */
    private void requireVersion() {
        JsonNode version = json.path("format_version");
        if (!version.isIntegralNumber() || version.asLong() < 1) {
            throw fault("format_version", "1");
        }
        if (version.asLong() > ContractFile.VERSION) {
            throw new SqlTuneException(file + " has format_version " + version
                    + ", and this version of SqlTune reads 1 to " + ContractFile.VERSION + ": update SqlTune");
        }
    }

    private void requireKeys() {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        Set<String> keys = new TreeSet<>(KEYS);
        if (json.get("format_version").asInt() >= 2) {
            keys.addAll(TEMPLATES);
        }
        Set<String> missing = new TreeSet<>(keys);
        missing.removeAll(unknown);
        unknown.removeAll(keys);
        unknown.remove(VALUE_LINKS);
        unknown.remove(KNOWLEDGE);
        if (!unknown.isEmpty()) {
            throw new SqlTuneException(
                    file + " has unknown keys, " + clipped(String.join(", ", unknown)) + ": " + AGAIN);
        }
        if (!missing.isEmpty()) {
            throw new SqlTuneException(file + " lacks " + String.join(", ", missing) + ": " + AGAIN);
        }
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type, List<String> names) {
        String name = text(key);
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> lowerCase(each).equals(name))
                .findFirst()
                .orElseThrow(() -> fault(key, "one of " + String.join(", ", names)));
    }

    private String text(String key) {
        if (!json.get(key).isTextual()) {
            throw fault(key, "a text");
        }
        return json.get(key).asText();
    }

    private @Nullable String optionalText(String key) {
        return json.path(key).isMissingNode() || json.get(key).isNull() ? null : text(key);
    }

    private boolean flag(String key) {
        if (!json.get(key).isBoolean()) {
            throw fault(key, "true or false");
        }
        return json.get(key).asBoolean();
    }

    private @Nullable Integer optionalNumber(String key) {
        return json.get(key).isNull() ? null : Integer.valueOf(number(key, 1));
    }

    private int number(String key, int least) {
        JsonNode value = json.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least) {
            throw fault(key, "a whole number of at least " + least);
        }
        return value.asInt();
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        JsonNode values = json.get(key);
        for (JsonNode each : values) {
            if (each.isTextual()) {
                texts.add(each.asText());
            }
        }
        if (!values.isArray() || texts.size() < values.size()) {
            throw fault(key, "a list of texts");
        }
        return texts;
    }

    private SqlTuneException fault(String key, String expected) {
        return new SqlTuneException(file + ": " + key + " is " + shown(json.path(key)) + " instead of " + expected
                + ": " + AGAIN + "; if a newer SqlTune wrote it, update this one");
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : clipped(value.toString());
    }

    private static String clipped(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(ContractReader::lowerCase)
                .toList();
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
