package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md sends its reader to classes and files that are there. */
class ContributingTest {
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)(?:\\.\\w+)*`");
    private static final Pattern RESOURCE = Pattern.compile("`(\\w+\\.(?:py|css|txt|jsonl))`");

    private final DocPage page = new DocPage(DocPage.ROOT.resolve("CONTRIBUTING.md"));

    @Test
    void everyClassAndResourceItNamesIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        CLASS.matcher(page.text()).results().forEach(name -> named.add(name.group(1) + ".java"));
        RESOURCE.matcher(page.text()).results().forEach(name -> named.add(name.group(1)));
        assertThat(named).contains("PromptTemplate.java", "optimizer.py");
        assertThat(sources()).containsAll(named);
    }

    /** The names of all files under every module's {@code src}. */
    private static Set<String> sources() throws IOException {
        try (Stream<Path> modules = Files.list(DocPage.ROOT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(ContributingTest::fileNames)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> fileNames(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
