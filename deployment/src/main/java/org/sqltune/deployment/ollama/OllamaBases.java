package org.sqltune.deployment.ollama;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What models of the Hugging Face hub are called in Ollama's library. The list is {@code bases.tsv} beside this class: a line
 * for each pair, the best first.
 */
public final class OllamaBases {
    private final Map<String, List<Base>> bases;

    private OllamaBases(Map<String, List<Base>> bases) {
        this.bases = bases;
    }

    /**
     * A model in Ollama's library.
     *
     * @param name what it is called there
     * @param sameWeights whether it is the model itself, if quantised, rather than a relative
     */
    public record Base(String name, boolean sameWeights) {}

    /** Reads the list. */
    public static OllamaBases ofLibrary() {
        try (InputStream file = Objects.requireNonNull(OllamaBases.class.getResourceAsStream("bases.tsv"))) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OllamaBases parse(String list) {
        Map<String, List<Base>> bases = new LinkedHashMap<>();
        list.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split("\t", -1);
            if (parts.length != 3 || !parts[2].matches("same|relative")) {
                throw new IllegalArgumentException("bases.tsv: " + line);
            }
            bases.computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(new Base(parts[1], parts[2].equals("same")));
        });
        return new OllamaBases(bases);
    }

    /**
     * The models to try, in this order; empty for a model that the list hasn't.
     *
     * @param hubName {@code owner/name}
     */
    public List<Base> of(String hubName) {
        return List.copyOf(bases.getOrDefault(hubName.toLowerCase(Locale.ROOT), List.of()));
    }
}
