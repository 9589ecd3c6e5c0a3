package org.sqltune.data.chat.jinja;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.data.chat.jinja.JinjaTemplate.Rendered;
import org.sqltune.data.chat.jinja.JinjaTemplate.Span;
import org.sqltune.data.chat.jinja.value.JinjaException;

/** Compares renderings with what {@code tools/parity/chat_templates.py} wrote of transformers'. */
final class TemplateParity {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-05T12:00:00Z"), ZoneOffset.UTC);

    private final Map<String, String> templates = new LinkedHashMap<>();
    private final List<JsonNode> rows = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private int texts;
    private int errors;

    TemplateParity(List<String> lines) {
        try {
            for (String line : lines) {
                JsonNode row = MAPPER.readTree(line);
                if (row.has("template")) {
                    templates.put(row.get("name").asText(), row.get("template").asText());
                } else {
                    rows.add(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> templates() {
        return templates;
    }

    int texts() {
        return texts;
    }

    int errors() {
        return errors;
    }

    /** What differs, a line each. */
    List<String> differences(List<List<Map<String, Object>>> conversations) {
        for (JsonNode row : rows) {
            compare(row, conversations.get(row.get("conversation").asInt()));
        }
        return differences;
    }

    static List<List<Map<String, Object>>> conversations(Path file) throws IOException {
        return MAPPER.readValue(Files.readString(file), new TypeReference<>() {});
    }

    private void compare(JsonNode row, List<Map<String, Object>> messages) {
        String name = row.get("name").asText() + " " + row.get("conversation") + " " + row.get("add_generation_prompt");
        Map<String, Object> values = new HashMap<>();
        values.put("messages", messages);
        values.put("tools", null);
        values.put("documents", null);
        values.put("add_generation_prompt", row.get("add_generation_prompt").asBoolean());
        values.put("bos_token", "<s>");
        values.put("eos_token", "</s>");
        values.put("unk_token", "<unk>");
        try {
            Rendered rendered =
                    JinjaTemplate.parse(templates.get(row.get("name").asText())).render(values, NOON);
            if (row.has("error")) {
                differences.add(name + ": no error, but " + row.get("error"));
            } else if (!rendered.text().equals(row.get("text").asText())) {
                differences.add(name + ": " + MAPPER.writeValueAsString(rendered.text()) + "\n   instead of "
                        + row.get("text"));
            } else if (!spans(rendered).equals(row.get("generated").toString())) {
                differences.add(name + ": " + spans(rendered) + " instead of " + row.get("generated"));
            }
            texts++;
        } catch (JinjaException e) {
            errors++;
            if (!row.has("error")) {
                differences.add(name + ": " + e.getMessage() + " instead of " + row.get("text"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Python counts characters. */
    private static String spans(Rendered rendered) {
        List<List<Integer>> spans = new ArrayList<>();
        for (Span span : rendered.generated()) {
            spans.add(List.of(
                    rendered.text().codePointCount(0, span.start()),
                    rendered.text().codePointCount(0, span.end())));
        }
        return spans.toString().replace(" ", "");
    }
}
