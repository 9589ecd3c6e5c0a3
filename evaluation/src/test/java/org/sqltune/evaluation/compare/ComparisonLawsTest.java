package org.sqltune.evaluation.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.metric.Interval;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;

/** Laws of comparisons, and comparisons of reports that differ in what they score. */
class ComparisonLawsTest {
    private static Report report(
            String title, ColumnDescriptor main, List<Boolean> verdicts, ColumnDescriptor... scores) {
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            Map<ColumnDescriptor, Boolean> all = new LinkedHashMap<>();
            for (ColumnDescriptor score : scores) {
                all.put(score, verdicts.get(i));
            }
            rows.add(new ReportRow(
                    "q" + i,
                    "zoo",
                    "Question " + i + "?",
                    "SELECT " + i,
                    "SELECT 0",
                    Map.of(Columns.HARDNESS, "easy"),
                    all,
                    Map.of(),
                    List.of(),
                    "",
                    null,
                    null));
        }
        Provenance provenance = new Provenance(
                title,
                "2026-11-30T10:00:00Z",
                Map.of(),
                Map.of("name", "spider"),
                Map.of("name", "nano"),
                Map.of(),
                Map.of(),
                Map.of("exact_match", title.isEmpty() ? "x" : title));
        return new Report(provenance, main, rows, Map.of(), Map.of(), Map.of());
    }

    private static Report plain(List<Boolean> verdicts) {
        return report("", Columns.EXECUTION_ACCURACY, verdicts, Columns.EXECUTION_ACCURACY);
    }

    @Property(tries = 200)
    void mcNemarIsSymmetricAndAProbability(
            @ForAll @IntRange(max = 400) int fixed, @ForAll @IntRange(max = 400) int broken) {
        double p = McNemar.pValue(fixed, broken);
        assertThat(p).isEqualTo(McNemar.pValue(broken, fixed)).isBetween(0.0, 1.0);
    }

    @Property(tries = 100)
    void aMoreUnevenSplitIsLessProbable(
            @ForAll @IntRange(min = 1, max = 100) int tries, @ForAll @IntRange(min = 1, max = 50) int fewer) {
        int smaller = Math.min(fewer, tries / 2);
        if (smaller > 0) {
            assertThat(McNemar.pValue(smaller - 1, tries - smaller + 1))
                    .isLessThanOrEqualTo(McNemar.pValue(smaller, tries - smaller));
        }
    }

    @Test
    void countsBelowZeroAreRefused() {
        assertThatThrownBy(() -> McNemar.pValue(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 30)
    void aReportAgainstItselfDiffersInNothing(@ForAll @Size(min = 1, max = 20) List<Boolean> verdicts) {
        Comparison comparison = new Comparison(plain(verdicts), plain(verdicts));
        Difference difference = comparison.difference(Columns.EXECUTION_ACCURACY);
        assertThat(difference.change()).isZero();
        assertThat(difference.interval()).isEqualTo(new Interval(0, 0));
        assertThat(difference.pValue()).isEqualTo(1);
        assertThat(comparison.fixed()).isEmpty();
        assertThat(comparison.broken()).isEmpty();
    }

    @Property(tries = 20)
    void theIntervalHoldsTheChangeOrIsNearIt(
            @ForAll @Size(value = 15) List<Boolean> before, @ForAll @Size(value = 15) List<Boolean> after) {
        Difference difference = new Comparison(plain(before), plain(after)).difference(Columns.EXECUTION_ACCURACY);
        assertThat(difference.interval().low()).isLessThanOrEqualTo(difference.change() + 1e-12);
        assertThat(difference.interval().high()).isGreaterThanOrEqualTo(difference.change() - 1e-12);
        assertThat(difference.change() * 15).isEqualTo(difference.fixed() - difference.broken(), within(1e-9));
    }

    @Test
    void aScoreThatBothHaveStandsInForAMainScoreThatOneLacks() {
        Report old = report("before", Columns.EXECUTION_ACCURACY, List.of(true, false), Columns.EXECUTION_ACCURACY);
        Report now = report(
                "after",
                Columns.EXECUTION_TEST_SUITE,
                List.of(true, true),
                Columns.EXECUTION_TEST_SUITE,
                Columns.EXECUTION_ACCURACY);
        assertThat(new Comparison(old, now).mainScore()).isEqualTo(Columns.EXECUTION_ACCURACY);
        assertThat(new Comparison(now, old).mainScore()).isEqualTo(Columns.EXECUTION_ACCURACY);
        assertThat(new Comparison(now, now).mainScore()).isEqualTo(Columns.EXECUTION_TEST_SUITE);
        assertThat(new Comparison(old, now).fixed()).hasSize(1);
        assertThat(new Comparison(old, now).differences())
                .extracting(Difference::column)
                .containsExactly(Columns.EXECUTION_ACCURACY);
    }

    @Test
    void reportsWithoutACommonScoreCantBeCompared() {
        Report one = report("a", Columns.EXECUTION_BIRD, List.of(true), Columns.EXECUTION_BIRD);
        Report other = report("b", Columns.LOGICAL_FORM, List.of(true), Columns.LOGICAL_FORM);
        assertThatThrownBy(() -> new Comparison(one, other))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("main score is execution_bird, the other's logical_form");
    }

    @Test
    void scoresThatAreDefinedDifferentlyAreNamed() {
        Report one = report("set match", Columns.EXACT_MATCH, List.of(true), Columns.EXACT_MATCH);
        Report other = report("same text", Columns.EXACT_MATCH, List.of(true), Columns.EXACT_MATCH);
        assertThat(new Comparison(one, other).differingRules()).containsExactly("exact_match");
        assertThat(new ComparisonPage(new Comparison(one, other)).source())
                .contains("define these scores differently: exact_match");
    }

    @Test
    void theTitleNamesBothRuns() {
        Report one = report("base", Columns.EXACT_MATCH, List.of(true), Columns.EXACT_MATCH);
        Report other = report("tuned", Columns.EXACT_MATCH, List.of(true), Columns.EXACT_MATCH);
        assertThat(new Comparison(one, other).title().lines())
                .containsExactly(
                        "Run:   tuned against base",
                        "Model: nano",
                        "Data:  spider (1 question)",
                        "Date:  2026-11-30 10:00 UTC");
        assertThat(new ComparisonPage(new Comparison(one, other)).source())
                .contains("<h1>tuned against base</h1>", "<dd>nano</dd>");
        assertThat(new Comparison(plain(List.of(true)), plain(List.of(true)))
                        .title()
                        .run())
                .isEqualTo("Comparison");
    }

    @Test
    void tablesShowEachScoreBeforeAndAfter() {
        Report one = report("a", Columns.EXACT_MATCH, List.of(true, false, false, false), Columns.EXACT_MATCH);
        Report other = report("b", Columns.EXACT_MATCH, List.of(true, true, false, false), Columns.EXACT_MATCH);
        ComparisonTables tables = new ComparisonTables(new Comparison(one, other));
        assertThat(tables.scores().rows().get(0))
                .startsWith("exact match", "4", "25.0 %", "50.0 %", "+25.0")
                .endsWith("1", "0", "1.000");
        assertThat(tables.groups(Columns.HARDNESS).header()).startsWith("hardness", "questions");
        assertThat(ComparisonTables.p(0.00012)).isEqualTo("1.2e-04");
        assertThat(ComparisonTables.points(-0.051)).isEqualTo("-5.1");
    }
}
