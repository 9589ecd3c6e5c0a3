package org.sqltune.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
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

    @ParameterizedTest
    @CsvSource({
        "ab, abc, true",
        "ab, abcd, false",
        "abcde, abcdxy, false",
        "abcdef, abcdxy, true",
        "abcdef, abcxyz, false",
        "abcdefghi, abcdefxyz, true",
        "'', a, true",
        "'', ab, false"
    })
    void aThirdOfTheWrongNameMayDifferAndOneLetterAlways(String wrong, String name, boolean near) {
        assertThat(NearestNames.isNear(wrong, name)).isEqualTo(near);
    }

    @Test
    void theNearerNameWinsAndOfEquallyNearOnesTheFirstInTheAlphabet() {
        assertThat(NearestNames.nearest("singer", List.of("sinner_", "singers", "sinker")))
                .contains("singers");
        assertThat(NearestNames.nearest("singer", List.of("winger", "ginger", "zinger")))
                .contains("ginger");
        assertThat(NearestNames.nearest("singer", List.of())).isEmpty();
    }

    @Property(tries = 300)
    void distanceIsZeroForTheSameOnlyAndLeavesTheLengthsApart(
            @ForAll @Chars({'a', 'b', 'c'}) @StringLength(max = 7) String a,
            @ForAll @Chars({'a', 'b', 'c'}) @StringLength(max = 7) String b) {
        int distance = NearestNames.distance(a, b);
        assertThat(distance == 0).isEqualTo(a.equals(b));
        assertThat(distance).isEqualTo(NearestNames.distance(b, a));
        assertThat(distance).isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
        assertThat(NearestNames.distance(a + "x", b + "x")).isLessThanOrEqualTo(distance);
        assertThat(NearestNames.distance(a + b, b)).isEqualTo(a.length());
    }
}
