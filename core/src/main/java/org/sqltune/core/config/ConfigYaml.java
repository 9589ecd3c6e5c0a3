package org.sqltune.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads YAML as a flat list of dotted keys with the line each was written on. Works on the parser's events instead of a
 * tree, because a tree forgets the lines. Scalars stay text: YAML 1.1 takes {@code 2e-4} for a string, and the key
 * knows better what it wants.
 */
final class ConfigYaml {
    /** The lists whose items are sections: {@code data.mix.0.weight} is a key of the first one. */
    private static final Set<String> LISTS_OF_SECTIONS = Set.of("data.mix");

    /** Larger than any run's by far: 1 MiB. */
    static final int LARGEST_BYTES = 1 << 20;

    /** Deeper than any run's by far. */
    private static final int DEEPEST = 100;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final Map<String, ConfigEntry> entries = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    private ConfigYaml() {}

    /**
     * Reads a whole document.
     *
     * @param text YAML; empty text has no entries
     */
    static ConfigYaml parse(String text) {
        ConfigYaml yaml = new ConfigYaml();
        if (text.length() > LARGEST_BYTES) {
            yaml.faults.add("the text has " + text.length() + " characters, more than the " + LARGEST_BYTES
                    + " that are read: check that it is a configuration");
            return yaml;
        }
        try (YAMLParser parser = YAML.createParser(text)) {
            yaml.readDocument(parser);
        } catch (StreamConstraintsException e) {
            yaml.faults.add("sections or lists stand within one another, more than " + DEEPEST
                    + " deep: check that the file is a configuration");
        } catch (JsonProcessingException e) {
            yaml.faults.add(syntaxFault(e));
        } catch (YAMLException e) {
            yaml.faults.add(syntaxFault(1, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
        return yaml;
    }

    /** Every key in the order of the document. */
    List<ConfigEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** What is wrong with the document's form. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    private void readDocument(YAMLParser parser) throws IOException {
        @Nullable JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL || parser.getText().isEmpty()) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            faults.add(line(parser) + ": the file must hold sections such as 'training:' with keys below them");
            return;
        }
        readMapping(parser, new ArrayDeque<>());
        if (parser.nextToken() != null) {
            faults.add(line(parser) + ": a second document begins here: keep one run in one file");
        }
    }

    private void readMapping(YAMLParser parser, Deque<String> path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            path.addLast(parser.currentName());
            String key = String.join(".", path);
            String origin = line(parser);
            switch (parser.nextToken()) {
                case START_OBJECT -> readMapping(parser, path);
                case START_ARRAY -> {
                    if (LISTS_OF_SECTIONS.contains(key)) {
                        readSections(parser, path, origin);
                    } else {
                        add(key, readItems(parser, key, origin), origin);
                    }
                }
                case VALUE_NULL -> add(key, new ConfigEntry.Value.Absent(), origin);
                default -> add(key, scalarValue(parser, key), origin);
            }
            path.removeLast();
        }
    }

    private void readSections(YAMLParser parser, Deque<String> path, String origin) throws IOException {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            path.addLast(String.valueOf(index++));
            if (token == JsonToken.START_OBJECT) {
                readMapping(parser, path);
            } else {
                faults.add(origin + ": " + String.join(".", path) + " is no section: give keys with values");
                parser.skipChildren();
            }
            path.removeLast();
        }
    }

    private ConfigEntry.Value.Items readItems(YAMLParser parser, String key, String origin) throws IOException {
        List<String> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isStructStart()) {
                faults.add(origin + ": " + ConfigEntry.clipped(key)
                        + " holds a list or section inside its list: give single values");
                parser.skipChildren();
            } else {
                items.add(scalar(parser, key));
            }
        }
        return new ConfigEntry.Value.Items(items);
    }

    private ConfigEntry.Value scalarValue(YAMLParser parser, String key) throws IOException {
        String text = scalar(parser, key);
        return text.isBlank() ? new ConfigEntry.Value.Absent() : new ConfigEntry.Value.Scalar(text);
    }

    private String scalar(YAMLParser parser, String key) throws IOException {
        if (parser.isCurrentAlias()) {
            faults.add(line(parser) + ": " + ConfigEntry.clipped(key) + " refers to '*"
                    + ConfigEntry.clipped(parser.getText())
                    + "': anchors and aliases aren't read here, write the value out");
        }
        return parser.getText();
    }

    private void add(String key, ConfigEntry.Value value, String origin) {
        ConfigEntry earlier = entries.putIfAbsent(key, new ConfigEntry(key, value, origin));
        if (earlier != null) {
            faults.add(origin + ": " + ConfigEntry.clipped(key) + " was already given on " + earlier.origin()
                    + ": keep one of them");
        }
    }

    private static String line(YAMLParser parser) {
        return "line " + parser.currentTokenLocation().getLineNr();
    }

    private static String syntaxFault(JsonProcessingException e) {
        // Jackson's own location is where the surrounding construct began; SnakeYAML also knows where it broke.
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return syntaxFault(marked.getProblemMark().getLine() + 1, marked.getProblem());
        }
        return syntaxFault(e.getLocation().getLineNr(), e.getOriginalMessage());
    }

    private static String syntaxFault(int line, String problem) {
        String firstLine =
                ConfigEntry.clipped(problem.lines().findFirst().orElse("").strip());
        return "line " + line + ": not valid YAML (" + firstLine + "): check indentation, colons and quotes there";
    }
}
