package org.sqltune.evaluation.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.metric.Interval;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;

class ComparisonTest {
    @TempDir
    private Path folder;

    /** scipy 1.17.1: {@code binomtest(min(b, c), b + c, 0.5).pvalue}. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1.0",
        "1, 0, 1.0",
        "5, 1, 0.21875",
        "10, 3, 0.09228515625",
        "8, 8, 1.0",
        "25, 12, 0.04703102743951604",
        "3, 40, 3.0213413992896676e-09",
        "150, 110, 0.01541558283317145"
    })
    void pValuesAreScipys(int fixed, int broken, double expected) {
        assertThat(McNemar.pValue(fixed, broken)).isCloseTo(expected, within(1e-10 * expected));
        assertThat(McNemar.pValue(broken, fixed)).isEqualTo(McNemar.pValue(fixed, broken));
    }

    @Test
    void manyChangesDontUnderflow() {
        assertThat(McNemar.pValue(5000, 5000)).isEqualTo(1);
        assertThat(McNemar.pValue(20_000, 10_000)).isBetween(0.0, 1e-300);
    }

    /** By hand, 4 fixed and none broken of 5 changes: 2 · (1/2)^4. */
    @Test
    void aComparisonCountsWhatWasFixedAndBroken() {
        Comparison comparison = new Comparison(report("0000011111"), report("1111011110"));
        Difference difference = comparison.difference(Columns.EXECUTION_ACCURACY);
        assertThat(difference.baseline()).isEqualTo(new Score(5, 10));
        assertThat(difference.tuned()).isEqualTo(new Score(8, 10));
        assertThat(difference.change()).isCloseTo(0.3, within(1e-12));
        assertThat(difference.fixed()).isEqualTo(4);
        assertThat(difference.broken()).isEqualTo(1);
        // 2 (C(5,0) + C(5,1)) / 2^5
        assertThat(difference.pValue()).isCloseTo(0.375, within(1e-12));
        assertThat(difference.interval().low()).isBetween(-0.2, 0.0);
        assertThat(difference.interval().high()).isBetween(0.5, 0.7);
        assertThat(comparison.fixed()).extracting(pair -> pair.tuned().id()).containsExactly("q0", "q1", "q2", "q3");
        assertThat(comparison.broken()).extracting(pair -> pair.tuned().id()).containsExactly("q9");
        assertThat(comparison.byGroup(Columns.CATEGORY).get("even").tuned()).isEqualTo(new Score(4, 5));
    }

    @Test
    void equalReportsDontDiffer() {
        Difference difference = new Comparison(report("0101"), report("0101")).difference(Columns.EXECUTION_ACCURACY);
        assertThat(difference.interval()).isEqualTo(new Interval(0, 0));
        assertThat(difference.pValue()).isEqualTo(1);
    }

    @Test
    void swappingTheReportsTurnsTheIntervalRound() {
        Difference there = new Comparison(report("00110"), report("11010")).difference(Columns.EXECUTION_ACCURACY);
        Difference back = new Comparison(report("11010"), report("00110")).difference(Columns.EXECUTION_ACCURACY);
        assertThat(back.change()).isCloseTo(-there.change(), within(1e-12));
        assertThat(back.interval().low()).isCloseTo(-there.interval().high(), within(1e-12));
    }

    @Test
    void theBootstrapIntervalIsNearTheNormalOneForManyQuestions() {
        double[] differences = new double[1000];
        for (int i = 0; i < 300; i++) {
            differences[i] = i < 200 ? 1 : -1;
        }
        // Mean 0.1, variance 0.3 - 0.01, so 0.1 ± 1.96 √(0.29 / 1000).
        Interval interval = PairedBootstrap.interval(differences);
        assertThat(interval.low()).isCloseTo(0.1 - 0.03338, within(0.002));
        assertThat(interval.high()).isCloseTo(0.1 + 0.03338, within(0.002));
    }

    /** That a name is unknown is bad: a question where it no longer is was fixed. */
    @Test
    void whereLessIsBetterFixedMeansThatItIsGone() {
        Difference difference =
                new Comparison(hallucinating("1110"), hallucinating("0001")).difference(Columns.SCHEMA_HALLUCINATION);
        assertThat(difference.change()).isCloseTo(-0.5, within(1e-12));
        assertThat(difference.fixed()).isEqualTo(3);
        assertThat(difference.broken()).isEqualTo(1);
    }

    private static Report hallucinating(String verdicts) {
        return report(verdicts, Columns.SCHEMA_HALLUCINATION);
    }

    @Test
    void otherQuestionsArentCompared() {
        assertThatThrownBy(() -> new Comparison(report("01"), report("011")))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("different questions")
                .hasMessageContaining("2 and 3 questions");
    }

    @Test
    void questionsOfWhichOneHasNoVerdictAreLeftOut() {
        Comparison comparison = new Comparison(report("0?1"), report("101"));
        assertThat(comparison.difference(Columns.EXECUTION_ACCURACY).tuned()).isEqualTo(new Score(2, 2));
    }

    @Test
    void theFilesSayWhatWasFixed() throws IOException {
        ComparisonFiles.write(new Comparison(report("0000011111"), report("1111011110")), folder);
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(folder.resolve(ComparisonFiles.JSON).toFile());
        assertThat(json.at("/scores/execution_accuracy/mcnemar_p").asDouble()).isCloseTo(0.375, within(1e-12));
        assertThat(json.at("/fixed")).hasSize(4);
        assertThat(json.at("/broken/0").asText()).isEqualTo("q9");
        assertThat(json.at("/by_category/odd/questions").asInt()).isEqualTo(5);
        assertThat(folder.resolve(ComparisonFiles.PAGE))
                .content()
                .contains("Is &lt;b&gt;0&lt;/b&gt; right?")
                .doesNotContain("<b>0</b>")
                .contains("fixed");
    }

    /** @param verdicts a digit a question; a question mark where nothing is known */
    private static Report report(String verdicts) {
        return report(verdicts, Columns.EXECUTION_ACCURACY);
    }

    private static Report report(String verdicts, ColumnDescriptor score) {
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 0; i < verdicts.length(); i++) {
            char verdict = verdicts.charAt(i);
            rows.add(new ReportRow(
                    "q" + i,
                    "shop",
                    "Is <b>" + i + "</b> right?",
                    "SELECT " + i,
                    "SELECT x",
                    Map.of(Columns.CATEGORY, i % 2 == 0 ? "even" : "odd"),
                    verdict == '?' ? Map.of() : Map.of(score, verdict == '1'),
                    Map.of(),
                    List.of(),
                    "",
                    null,
                    null));
        }
        return new Report(Provenance.UNKNOWN, score, rows, Map.of(), Map.of(), Map.of());
    }
}
