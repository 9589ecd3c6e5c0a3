package org.sqltune.deployment.ollama;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Ollama, such as 0.34.1. What stands behind the numbers, as in {@code 0.35.0-rc2}, doesn't count.
 *
 * @param major the first number
 * @param minor the second
 * @param patch the third
 */
public record OllamaVersion(int major, int minor, int patch) implements Comparable<OllamaVersion> {
    /** The first whose {@code /api/create} takes uploaded files by name; before, it took the text of a Modelfile. */
    public static final OllamaVersion FIRST_WITH_FILES = new OllamaVersion(0, 5, 5);

    /** The first that makes no models of a base and an adapter any more (ollama/ollama#14969). */
    public static final OllamaVersion FIRST_WITHOUT_ADAPTERS = new OllamaVersion(0, 34, 1);

    /** Of a build from the sources, which knows no number: as new as can be. */
    private static final OllamaVersion UNKNOWN = new OllamaVersion(Integer.MAX_VALUE, 0, 0);

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9}).*");

    /** Reads what {@code /api/version} says. Ollama calls a build from the sources 0.0.0: it counts as the newest. */
    public static OllamaVersion parse(String text) {
        Matcher numbers = FORM.matcher(text.strip());
        if (!numbers.matches()) {
            return UNKNOWN;
        }
        OllamaVersion version = new OllamaVersion(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)));
        return version.equals(new OllamaVersion(0, 0, 0)) ? UNKNOWN : version;
    }

    /** Whether it is that version or a later one. */
    public boolean isAtLeast(OllamaVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(OllamaVersion other) {
        return Comparator.comparingInt(OllamaVersion::major)
                .thenComparingInt(OllamaVersion::minor)
                .thenComparingInt(OllamaVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return equals(UNKNOWN) ? "of unknown version" : major + "." + minor + "." + patch;
    }
}
