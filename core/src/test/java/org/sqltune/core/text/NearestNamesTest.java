package org.sqltune.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {
    private static final List<String> DEMOS = List.of("ecommerce", "finance", "healthcare", "retail", "saas");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ecomerce, ecommerce", "Finance, finance", "retial, retail", "sas, saas"})
    void aSlipFindsItsName(String wrong, String right) {
        assertThat(NearestNames.nearest(wrong, DEMOS)).contains(right);
        assertThat(NearestNames.suggestion(wrong, DEMOS)).isEqualTo("; did you mean " + right + "?");
    }

    @ParameterizedTest
    @CsvSource({"warehouse", "x", "shop.sqlite"})
    void whatIsFarFromEveryNameFindsNone(String wrong) {
        assertThat(NearestNames.nearest(wrong, DEMOS)).isEmpty();
        assertThat(NearestNames.suggestion(wrong, DEMOS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "abc, abcd, 1", "abc, xbc, 1", "kitten, sitting, 3"})
    void swapsInsertionsDeletionsAndSubstitutionsCountOne(String a, String b, int edits) {
        assertThat(NearestNames.distance(a, b)).isEqualTo(edits);
        assertThat(NearestNames.distance(b, a)).isEqualTo(edits);
    }

    @Test
    void everyPartOfAPathIsCorrected() throws IOException {
        Path file = Files.createFile(
                Files.createDirectories(folder.resolve("outputs/demo")).resolve("report.json"));
        assertThat(NearestNames.nearestPath(folder.resolve("output/demos/report.jsn")))
                .contains(file);
        assertThat(NearestNames.pathSuggestion(folder.resolve("outputs/demo/reprot.json")))
                .isEqualTo("; did you mean " + file + "?");
    }

    @Test
    void aPathWithAPartThatIsNearNothingHasNoSuggestion() {
        assertThat(NearestNames.nearestPath(folder.resolve("nowhere/at/all"))).isEmpty();
        assertThat(NearestNames.pathSuggestion(folder.resolve("nowhere"))).isEmpty();
    }
}
