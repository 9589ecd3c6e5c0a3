package org.sqltune.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page that users read, for tests of what it promises.
 *
 * @param file in Markdown
 */
record DocPage(Path file) {
    static final Path ROOT = Path.of("..");

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /**
     * A fenced block.
     *
     * @param page where it stands
     * @param language what stands behind the opening fence; may be empty
     * @param text what is between the fences
     */
    record Block(DocPage page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    static DocPage readme() {
        return new DocPage(ROOT.resolve("README.md"));
    }

    /** The pages of the folder docs. */
    static List<DocPage> docs() {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(DocPage::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The README and the pages of the folder docs. */
    static List<DocPage> all() {
        return Stream.concat(Stream.of(readme()), docs().stream()).toList();
    }

    /** The fenced blocks of a language on all pages. */
    static List<Block> blocks(String language) {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals(language))
                .toList();
    }

    String text() {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        return FENCED.matcher(text())
                .results()
                .map(block -> new Block(this, block.group(1), block.group(2)))
                .toList();
    }

    /** Where links lead to: a path from this page, an address on the web, or "" for this page; and the heading behind #. */
    List<MatchResult> links() {
        return LINK.matcher(prose()).results().toList();
    }

    /** The names by which headings are linked to, as GitHub makes them. */
    List<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .toList();
    }

    private String prose() {
        return FENCED.matcher(text()).replaceAll("");
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }
}
