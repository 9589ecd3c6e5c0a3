package org.sqltune.data.knowledge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.link.Words;

/**
 * The user's terms: JSON Lines of {@code {"term": "turnover", "column": "orders.total"}} or {@code {"term": "VIP",
 * "meaning": "customers with a level of 3 or more"}}, or of both; {@code database} restricts a term to one database.
 * Immutable and thread-safe.
 */
public final class Glossary {
    private static final Set<String> KEYS = Set.of("term", "meaning", "column", "database");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String source;
    private final List<GlossaryEntry> entries;

    private Glossary(String source, List<GlossaryEntry> entries) {
        this.source = source;
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a glossary.
     *
     * @param source what messages call the text
     * @throws SqlTuneException if a line isn't an entry; the message names source and line
     */
    public static Glossary parse(String text, String source) {
        List<GlossaryEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (!line.isBlank()) {
                entries.add(entry(line, source + ", line " + number, number));
            }
        }
        return new Glossary(source, entries);
    }

    private static GlossaryEntry entry(String line, String place, int number) {
        JsonNode json;
        try {
            json = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw fault(place, "isn't JSON");
        }
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (!json.isObject() || !unknown.isEmpty()) {
            throw fault(place, json.isObject() ? "has unknown keys, " + String.join(", ", unknown) : "isn't an object");
        }
        GlossaryEntry entry = new GlossaryEntry(
                text(json, "term", place),
                text(json, "meaning", place),
                text(json, "column", place),
                text(json, "database", place),
                number);
        if (Words.of(entry.term()).isEmpty()
                || (entry.meaning().isEmpty() && entry.column().isEmpty())) {
            throw fault(place, "lacks a term, or both its meaning and its column");
        }
        return entry;
    }

    private static String text(JsonNode json, String key, String place) {
        JsonNode value = json.path(key);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw fault(place, "has " + value + " as " + key + " instead of a text");
        }
        return value.asText("").strip().replaceAll("\\s+", " ");
    }

    private static SqlTuneException fault(String place, String what) {
        return new SqlTuneException(place + " " + what + ": write {\"term\": \"turnover\", \"column\":"
                + " \"orders.total\"}, or \"meaning\" instead of or beside \"column\"");
    }

    /**
     * Requires that the columns of all terms exist.
     *
     * @param schemas those of the databases that the terms are for; terms of other databases aren't checked
     * @throws SqlTuneException if one doesn't; the message names source and line
     */
    public void check(Collection<Schema> schemas) {
        for (GlossaryEntry entry : entries) {
            List<Schema> about = schemas.stream().filter(entry::isAbout).toList();
            if (!about.isEmpty() && about.stream().noneMatch(entry::isIn)) {
                String where = about.size() == 1
                        ? about.get(0).databaseId() + " doesn't have"
                        : "none of the " + about.size() + " databases has";
                throw new SqlTuneException(source + ", line " + entry.line() + ": " + entry.term()
                        + " names the column " + entry.column() + ", which " + where
                        + ": correct it to table.column, or leave it out");
            }
        }
    }

    /**
     * Returns the terms that a question has, as the prompt shows them, in the order of the glossary.
     *
     * @param words the question's
     */
    Set<String> in(List<Words.Word> words, Schema schema) {
        Set<String> found = new LinkedHashSet<>();
        String question = " " + Words.key(words, 0, words.size()) + " ";
        for (GlossaryEntry entry : entries) {
            if (entry.isAbout(schema) && entry.isIn(schema) && question.contains(" " + Words.key(entry.term()) + " ")) {
                found.add(entry.shown());
            }
        }
        return found;
    }
}
