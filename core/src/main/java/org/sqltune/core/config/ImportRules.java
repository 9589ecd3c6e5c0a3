package org.sqltune.core.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What keys of other configurations mean here: the table {@code import-keys.yaml}. */
final class ImportRules {
    private static final String RESOURCE = "import-keys.yaml";

    private ImportRules() {}

    /**
     * What becomes of a key.
     *
     * @param use the key that takes its value; null if none does
     * @param values what single values mean, as {@code key=value} each; empty if the value is taken as it is
     * @param items what the items of a list mean; an empty word leaves one out
     * @param also what is set beside it unless it is set otherwise, as {@code key=value} each
     * @param parent the key that takes the folder in which the value lies, unless it is set otherwise
     * @param why why a value is left out
     */
    record Rule(
            @Nullable String use,
            Map<String, List<String>> values,
            Map<String, String> items,
            List<String> also,
            @Nullable String parent,
            @Nullable String why) {
        Rule {
            values = values == null ? Map.of() : values;
            items = items == null ? Map.of() : items;
            also = also == null ? List.of() : also;
        }
    }

    /** The table, by key. */
    static Map<String, Rule> read() {
        try (InputStream in = ImportRules.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            return new YAMLMapper().readValue(in, new TypeReference<Map<String, Rule>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
