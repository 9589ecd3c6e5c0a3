package org.sqltune.synthesis.phrasing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.synthesis.profile.TableProfile;

/**
 * Phrases read from text files: {@code [name]} or {@code [name, name]} opens a section, {@code [name: word word]} one
 * for columns or tables with one of these words ({@code a+b}: with both), {@code #} a comment; every other line is a phrase. {@code @who} before a
 * phrase restricts it to people, {@code @that} to things.
 */
final class PhraseBook {
    private final Map<String, List<Section>> sections = new HashMap<>();

    /**
     * The phrases under one heading.
     *
     * @param words the words that select the section; empty for the general section
     * @param phrases the lines
     */
    record Section(Set<String> words, List<String> phrases) {
        boolean suits(Set<String> keywords) {
            return words.stream().anyMatch(word -> keywords.containsAll(List.of(word.split("\\+", -1))));
        }
    }

    /** Reads files of this package. */
    static PhraseBook read(String... files) {
        PhraseBook book = new PhraseBook();
        for (String file : files) {
            book.add(file, lines(file));
        }
        return book;
    }

    /** Returns the names of all sections. */
    Set<String> names() {
        return sections.keySet();
    }

    /** Returns the general phrases of a section; empty if there is no such section. */
    List<String> phrases(String name) {
        return sections.getOrDefault(name, List.of()).stream()
                .filter(section -> section.words().isEmpty())
                .flatMap(section -> section.phrases().stream())
                .toList();
    }

    /** Returns the sections for particular words. */
    List<Section> special(String name) {
        return sections.getOrDefault(name, List.of()).stream()
                .filter(section -> !section.words().isEmpty())
                .toList();
    }

    /** Returns the phrases that suit the table: those for people if its rows are people, else those for things. */
    static List<String> about(TableProfile table, List<String> phrases) {
        String mark = "@" + Names.who(table) + " ";
        return phrases.stream()
                .filter(phrase -> !phrase.startsWith("@") || phrase.startsWith(mark))
                .map(phrase -> phrase.startsWith(mark) ? phrase.substring(mark.length()) : phrase)
                .toList();
    }

    private void add(String file, List<String> lines) {
        List<Section> open = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                open = open(line);
            } else if (open.isEmpty()) {
                throw new IllegalStateException(file + " has a line before its first section: " + line);
            } else {
                open.forEach(section -> section.phrases().add(line));
            }
        }
    }

    private List<Section> open(String heading) {
        String[] parts = heading.substring(1, heading.length() - 1).split(":", -1);
        Set<String> words =
                parts.length == 1 ? Set.of() : Set.of(parts[1].strip().split(" ", -1));
        List<Section> open = new ArrayList<>();
        for (String name : Arrays.asList(parts[0].split(","))) {
            Section section = new Section(words, new ArrayList<>());
            sections.computeIfAbsent(name.strip(), key -> new ArrayList<>()).add(section);
            open.add(section);
        }
        return open;
    }

    private static List<String> lines(String file) {
        try (InputStream in = PhraseBook.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The phrase book " + file + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
