package org.sqltune.deployment.ollama;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqltune.core.config.ConfigException;

/**
 * What a model is called in Ollama.
 *
 * @param text as users write it: {@code name}, {@code name:tag} or {@code namespace/name:tag}
 */
public record OllamaName(String text) {
    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}";
    private static final Pattern FORM = Pattern.compile("(?:" + PART + "/){0,2}" + PART + "(?::" + PART + ")?");
    private static final Set<String> OF_EVERY_RUN = Set.of("final_model", "full_model");

    /** @throws ConfigException if Ollama takes no such name */
    public OllamaName {
        if (!FORM.matcher(text).matches()) {
            throw new ConfigException(
                    "--model-name",
                    List.of("'" + text + "' is no name for Ollama: write letters, digits, '-', '_' and '.', such as"
                            + " shop or shop:v2"));
        }
    }

    /**
     * A name for a model that nobody named: of its folder, or of its run's where the folder is called {@code final_model} as
     * in every run.
     *
     * @param source a folder, or a name on the hub
     */
    public static OllamaName of(String source) {
        Path path = Path.of(source).toAbsolutePath().normalize();
        Path parent = path.getParent();
        String last = path.getFileName() == null ? "" : path.getFileName().toString();
        String named = parent != null && (OF_EVERY_RUN.contains(last) || last.startsWith("checkpoint-"))
                ? String.valueOf(parent.getFileName())
                : last;
        String plain =
                named.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-").replaceAll("^[-.]+", "");
        return new OllamaName(plain.isEmpty() ? "sqltune" : plain.substring(0, Math.min(80, plain.length())));
    }

    /** As a server lists it: with {@code latest} where no tag is named. */
    public String withTag() {
        return text.substring(text.lastIndexOf('/') + 1).contains(":") ? text : text + ":latest";
    }

    @Override
    public String toString() {
        return text;
    }
}
