package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages point to is there: files, pictures, and headings of pages. */
class DocLinksTest {
    static List<DocPage> pages() {
        Stream<DocPage> others = Stream.of(
                        "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md", "tools/parity/README.md")
                .map(name -> new DocPage(DocPage.ROOT.resolve(name)));
        return Stream.concat(DocPage.all().stream(), others).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(DocPage page) {
        for (MatchResult link : page.links()) {
            String target = link.group(1);
            if (target.startsWith("http")) {
                continue;
            }
            Path file = target.isEmpty() ? page.file() : neighbour(page, target);
            assertThat(file).as(link.group()).exists();
            String heading = link.group(2);
            if (heading != null) {
                assertThat(new DocPage(file).anchors()).as(link.group()).contains(heading);
            }
        }
    }

    @Test
    void theReadmeAndTheDocsHaveLinks() {
        assertThat(DocPage.readme().links()).isNotEmpty();
        assertThat(DocPage.docs().stream().flatMap(page -> page.links().stream()))
                .isNotEmpty();
    }

    private static Path neighbour(DocPage page, String target) {
        return Objects.requireNonNull(page.file().getParent()).resolve(target);
    }
}
