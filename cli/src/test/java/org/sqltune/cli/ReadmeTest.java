package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README is short, and leads to everything else. */
class ReadmeTest {
    private static final int LARGEST = 10_240;
    private static final Pattern MODULE = Pattern.compile("<module>(\\w+)</module>");
    private static final Pattern TEST_COMMAND = Pattern.compile("<!-- test command -->\n```\n(.*)\n```\n");

    private final DocPage readme = DocPage.readme();

    @Test
    void itIsAtMostTenKilobytesWithOnePicture() {
        assertThat(readme.text().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(LARGEST);
        assertThat(readme.text().split("!\\[", -1)).hasSize(2);
    }

    @Test
    void itHasOneTestCommand() {
        assertThat(TEST_COMMAND.matcher(readme.text()).results().map(found -> found.group(1)))
                .containsExactly("./mvnw -B verify");
    }

    @Test
    void theMapNamesEveryModule() throws IOException {
        List<String> modules = MODULE.matcher(Files.readString(DocPage.ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .toList();
        assertThat(modules).contains("core", "cli");
        modules.forEach(module -> assertThat(readme.text()).containsPattern("(?m)^" + module + "/ +\\S"));
    }

    @Test
    void itLeadsToEveryPageOfTheDocs() {
        List<String> linked = readme.links().stream().map(link -> link.group(1)).toList();
        assertThat(linked)
                .containsAll(DocPage.docs().stream().map(DocPage::toString).toList());
    }

    @Test
    void pagesHaveEveryKindOfBlockThatIsTested() {
        List.of("console", "yaml", "json", "java")
                .forEach(language ->
                        assertThat(DocPage.blocks(language)).as(language).isNotEmpty());
        assertThat(readme.blocks().stream().map(DocPage.Block::language)).contains("console", "yaml", "json", "java");
    }
}
