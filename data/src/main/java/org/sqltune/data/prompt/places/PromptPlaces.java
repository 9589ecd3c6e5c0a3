package org.sqltune.data.prompt.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TemplateSettings;

/**
 * The user's own prompt template with placeholders: {@code {schema}}, {@code {question}}, and optionally {@code
 * {values}}, {@code {knowledge}}, {@code {dialect}} and {@code {database}}. A name in double braces is text, and so are all other braces.
 *
 * @param text the whole text
 * @param parts texts and placeholders in order
 */
public record PromptPlaces(String text, List<Part> parts) {
    /** The schema. */
    public static final String SCHEMA = "schema";
    /** The question, with its evidence. */
    public static final String QUESTION = "question";
    /** Sample values of columns. */
    public static final String VALUES = "values";
    /** Examples, notes and terms of the user's. */
    public static final String KNOWLEDGE = "knowledge";
    /** The SQL dialect. */
    public static final String DIALECT = "dialect";
    /** The database's name. */
    public static final String DATABASE = "database";

    private static final Set<String> REQUIRED = new LinkedHashSet<>(List.of(SCHEMA, QUESTION));
    private static final List<String> KNOWN = List.of(SCHEMA, QUESTION, VALUES, KNOWLEDGE, DIALECT, DATABASE);
    private static final Pattern PLACE = Pattern.compile("\\{(\\{[A-Za-z_]\\w*})}|\\{([A-Za-z_]\\w*)}");

    public PromptPlaces {
        parts = List.copyOf(parts);
    }

    /**
     * A part of the template.
     *
     * @param text the literal text; empty for a placeholder
     * @param place the placeholder's name; empty for a text
     */
    public record Part(String text, String place) {}

    /**
     * Reads a template.
     *
     * @param fileOrText a file in UTF-8, whose last line break is ignored, or the text itself
     * @throws SqlTuneException if the file doesn't exist, or placeholders are unknown or missing; the message names
     *     them all
     */
    public static PromptPlaces read(String fileOrText) {
        return TemplateSettings.isText(fileOrText)
                ? parse(fileOrText, "data.prompt_template")
                : parse(textOf(fileOrText), fileOrText);
    }

    /**
     * Returns the text of a template, given as a file or as text.
     *
     * @throws SqlTuneException if the file can't be read
     */
    public static String textOf(String fileOrText) {
        if (TemplateSettings.isText(fileOrText)) {
            return fileOrText;
        }
        try {
            return Files.readString(Path.of(fileOrText)).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the prompt template " + fileOrText + ": " + e + ". Save it as UTF-8 text", e);
        }
    }

    private static PromptPlaces parse(String text, String source) {
        List<Part> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int start = 0;
        while (place.find()) {
            parts.add(new Part(text.substring(start, place.start()), ""));
            parts.add(place.group(1) != null ? new Part(place.group(1), "") : new Part("", place.group(2)));
            start = place.end();
        }
        parts.add(new Part(text.substring(start), ""));
        PromptPlaces places = new PromptPlaces(text, parts);
        places.check(source);
        return places;
    }

    private void check(String source) {
        Set<String> unknown = new LinkedHashSet<>(used());
        unknown.removeAll(KNOWN);
        Set<String> missing = new LinkedHashSet<>(REQUIRED);
        missing.removeAll(used());
        if (unknown.isEmpty() && missing.isEmpty()) {
            return;
        }
        throw new SqlTuneException(source + ": "
                + (unknown.isEmpty() ? "" : "unknown " + braced(unknown) + " (write it in double braces if it is text)")
                + (unknown.isEmpty() || missing.isEmpty() ? "" : ", ")
                + (missing.isEmpty() ? "" : "missing " + braced(missing))
                + "; a prompt template has the places " + braced(KNOWN));
    }

    private static String braced(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add("{" + name + "}"));
        return String.join(", ", all);
    }

    /** Returns the names of the placeholders in use. */
    public Set<String> used() {
        Set<String> used = new LinkedHashSet<>();
        parts.stream().map(Part::place).filter(name -> !name.isEmpty()).forEach(used::add);
        return used;
    }

    /** Returns the parts before the first {@code {question}}, or those from it on, with placeholders filled. */
    public String filled(boolean beforeQuestion, Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        boolean before = true;
        for (Part part : parts) {
            before = before && !part.place().equals(QUESTION);
            if (before == beforeQuestion) {
                out.append(part.text()).append(values.getOrDefault(part.place(), ""));
            }
        }
        return out.toString();
    }
}
