package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has every key there is, in the order of a written configuration, with its default. */
class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String NOTHING = "–";

    @Test
    void thePageHasEveryKeyWithItsDefault() throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        RunConfigWriter.toTree(RunConfig.defaults())
                .fields()
                .forEachRemaining(section -> collect(section.getKey(), section.getValue(), keys));
        assertThat(documented()).containsExactlyEntriesOf(keys);
    }

    private static void collect(String key, JsonNode value, Map<String, String> keys) {
        if (value.isObject() && !value.isEmpty()) {
            value.fields().forEachRemaining(each -> collect(key + "." + each.getKey(), each.getValue(), keys));
        } else {
            keys.put(key, inWords(value));
        }
    }

    private static String inWords(JsonNode value) {
        if (value.isArray() && !value.isEmpty()) {
            StringJoiner all = new StringJoiner(", ");
            value.forEach(each -> all.add(each.asText()));
            return all.toString();
        }
        return value.isNull() || value.isContainerNode() ? NOTHING : plain(value.asText());
    }

    /** A number as Java writes it, whatever way the page does. */
    private static String plain(String text) {
        return text.matches("[\\d.]+(e-?\\d+)?") ? Double.toString(Double.parseDouble(text)) : text;
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        String section = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("| `")) {
                String[] cells = line.replace("`", "").split("\\|", -1);
                keys.put(section + "." + cells[1].strip(), plain(cells[2].strip()));
            }
        }
        return keys;
    }
}
