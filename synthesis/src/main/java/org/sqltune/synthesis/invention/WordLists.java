package org.sqltune.synthesis.invention;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The words for inventing schemas and values, read from the text files of this package.
 *
 * @param things nouns for tables
 * @param columns column names by the kind of their values
 * @param modifiers words that may precede a column name
 * @param values words for values, by list name
 */
public record WordLists(
        List<Noun> things,
        Map<InventedValueKind, List<String>> columns,
        List<String> modifiers,
        Map<String, List<String>> values) {

    /** Reads the bundled lists. */
    public static WordLists load() {
        Map<InventedValueKind, List<String>> columns = new LinkedHashMap<>();
        sections("columns.txt", "\\s+")
                .forEach((kind, names) -> columns.put(InventedValueKind.valueOf(kind.toUpperCase(Locale.ROOT)), names));
        return new WordLists(
                words("things.txt").map(Noun::parse).distinct().toList(),
                columns,
                words("modifiers.txt").toList(),
                sections("values.txt", "\\s*;\\s*"));
    }

    /** Returns the column names for a kind of value. */
    List<String> columnsOf(InventedValueKind kind) {
        return Objects.requireNonNull(columns.get(kind), kind::name);
    }

    /** Returns the values of a list. */
    List<String> valuesOf(String list) {
        return Objects.requireNonNull(values.get(list), list);
    }

    private static Stream<String> words(String file) {
        return lines(file).flatMap(line -> Arrays.stream(line.split("\\s+")));
    }

    /** Reads lines of the form {@code [section] member member …}. */
    private static Map<String, List<String>> sections(String file, String separator) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        lines(file).forEach(line -> {
            int end = line.indexOf(']');
            List<String> members = List.of(line.substring(end + 1).strip().split(separator));
            sections.put(line.substring(1, end), members);
        });
        return sections;
    }

    /** Returns the lines of a file of this package, without blank lines and comments. */
    public static Stream<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(WordLists.class.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
