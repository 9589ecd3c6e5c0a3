package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README, for tests of what it promises. */
final class Readme {
    static final Path ROOT = Path.of("..");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private Readme() {}

    /** Everything. */
    static String text() {
        try {
            return Files.readString(ROOT.resolve("README.md")).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a language; at least one. */
    static List<String> blocks(String language) {
        List<String> blocks = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(text())
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).as("fenced blocks of " + language).isNotEmpty();
        return blocks;
    }

    /** Where links lead to: a path of this repository or of the web, or "" for this page; and the heading behind #. */
    static List<MatchResult> links() {
        return LINK.matcher(text()).results().toList();
    }

    /** The names by which headings are linked to, as GitHub makes them. */
    static List<String> anchors() {
        return HEADING.matcher(text())
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .toList();
    }
}
