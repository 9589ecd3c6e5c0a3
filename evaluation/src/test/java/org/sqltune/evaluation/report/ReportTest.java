package org.sqltune.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.report.ColumnDescriptor.Kind;

/** What a report counts from its rows. */
class ReportTest {
    private static ReportRow row(
            String id,
            Map<ColumnDescriptor, String> labels,
            Map<ColumnDescriptor, Boolean> verdicts,
            Map<ColumnDescriptor, Double> measures,
            ErrorKind... errors) {
        return new ReportRow(
                id, "zoo", "?", "SELECT 1", "SELECT 2", labels, verdicts, measures, List.of(errors), "", null, null);
    }

    private static Report report(ReportRow... rows) {
        return report(List.of(rows));
    }

    private static Report report(List<ReportRow> rows) {
        return new Report(
                Provenance.UNKNOWN, Columns.EXECUTION_ACCURACY, rows, Map.of(Columns.BLEU, 30.0), Map.of(), Map.of());
    }

    private static final Report REPORT = report(
            row(
                    "a",
                    Map.of(Columns.HARDNESS, "extra", Columns.DATABASE, "zoo"),
                    Map.of(Columns.EXECUTION_ACCURACY, true, Columns.component("where"), false),
                    Map.of(Columns.SOFT_F1, 1.0)),
            row(
                    "b",
                    Map.of(Columns.HARDNESS, "easy"),
                    Map.of(Columns.EXECUTION_ACCURACY, false),
                    Map.of(Columns.SOFT_F1, 0.5),
                    ErrorKind.FILTER,
                    ErrorKind.ORDER),
            row("c", Map.of(Columns.HARDNESS, "easy"), Map.of(Columns.VALID_SQL, true), Map.of(), ErrorKind.ORDER));

    @Test
    void aScoreIsOverTheRowsWhereItWasDecided() {
        assertThat(REPORT.score(Columns.EXECUTION_ACCURACY)).isEqualTo(new Score(1, 2));
        assertThat(REPORT.score(Columns.VALID_SQL)).isEqualTo(new Score(1, 1));
        assertThat(REPORT.score(Columns.EXACT_MATCH)).isEqualTo(new Score(0, 0));
    }

    @Test
    void aMeanIsOverTheRowsThatHaveTheNumber() {
        assertThat(Report.mean(REPORT.rows(), Columns.SOFT_F1)).hasValue(0.75);
        assertThat(Report.mean(REPORT.rows(), Columns.SECONDS)).isEmpty();
    }

    @Test
    void aValueIsFoundByNameWhateverItsKind() {
        assertThat(REPORT.value("execution_accuracy")).hasValue(0.5);
        assertThat(REPORT.value("soft_f1")).hasValue(0.75);
        assertThat(REPORT.value("bleu")).hasValue(30);
        assertThat(REPORT.value("hardness")).isEmpty();
        assertThat(REPORT.value("exact_match")).isEmpty();
    }

    @Test
    void componentsComeLastAmongTheScores() {
        assertThat(REPORT.scores())
                .containsExactly(Columns.EXECUTION_ACCURACY, Columns.VALID_SQL, Columns.component("where"));
        assertThat(REPORT.columns())
                .containsExactly(
                        Columns.EXECUTION_ACCURACY,
                        Columns.VALID_SQL,
                        Columns.component("where"),
                        Columns.SOFT_F1,
                        Columns.BLEU);
    }

    @Test
    void theHeadlineIsOfWholeAnswersAndOfWhatShouldBeHigh() {
        Report report = report(row(
                "a",
                Map.of(),
                Map.of(
                        Columns.EXECUTION_ACCURACY,
                        true,
                        Columns.VALID_SQL,
                        true,
                        Columns.SCHEMA_HALLUCINATION,
                        false,
                        Columns.component("join"),
                        true),
                Map.of(Columns.SECONDS, 1.0)));
        assertThat(report.headline()).containsExactly(Columns.EXECUTION_ACCURACY);
    }

    @Test
    void groupsGoFromEasyToHardAndUnknownOnesByName() {
        assertThat(REPORT.groups(Columns.HARDNESS).keySet()).containsExactly("easy", "extra");
        assertThat(REPORT.groupings()).containsExactly(Columns.HARDNESS, Columns.DATABASE);
        Report others = report(
                row("a", Map.of(Columns.COMPLEXITY, "window"), Map.of(), Map.of()),
                row("b", Map.of(Columns.COMPLEXITY, "single join"), Map.of(), Map.of()),
                row("c", Map.of(Columns.COMPLEXITY, "nested"), Map.of(), Map.of()));
        assertThat(others.groups(Columns.COMPLEXITY).keySet()).containsExactly("nested", "single join", "window");
    }

    @Test
    void theFirstErrorOfARowIsTheMainOne() {
        assertThat(REPORT.mainErrors()).isEqualTo(Map.of(ErrorKind.FILTER, 1, ErrorKind.ORDER, 1));
        assertThat(REPORT.allErrors()).isEqualTo(Map.of(ErrorKind.FILTER, 1, ErrorKind.ORDER, 2));
        assertThat(REPORT.where(row -> row.errors().isEmpty())).hasSize(1);
    }

    @Test
    void theHashIsOfTheQuestionsAlone() {
        ReportRow other = row("z", Map.of(), Map.of(Columns.EXACT_MATCH, true), Map.of(Columns.SECONDS, 3.0));
        assertThat(report(other).questionsHash())
                .isEqualTo(report(REPORT.rows().get(0)).questionsHash());
        assertThat(report(other, other).questionsHash())
                .isNotEqualTo(report(other).questionsHash());
    }

    @Test
    void columnsOfOneNameAreOneColumn() {
        ColumnDescriptor described = new ColumnDescriptor("exact_match", Kind.SHARE, "", false, "other words");
        assertThat(described).isEqualTo(Columns.EXACT_MATCH).hasSameHashCodeAs(Columns.EXACT_MATCH);
        assertThat(described).isNotEqualTo(Columns.VALID_SQL);
        assertThat(Columns.named("exact_match", Kind.LABEL).kind()).isEqualTo(Kind.SHARE);
        assertThat(Columns.named("my_score", Kind.NUMBER).title()).isEqualTo("my score");
    }

    @Test
    void everyColumnOfThisProgramSaysWhatItIs() {
        assertThat(Columns.SECONDS.unit()).isEqualTo("s");
        assertThat(Columns.SECONDS.higherIsBetter()).isFalse();
        assertThat(Columns.SCHEMA_HALLUCINATION.higherIsBetter()).isFalse();
        assertThat(Columns.EXECUTION_TEST_SUITE.title()).isEqualTo("execution (test suite)");
        assertThat(Columns.BLEU.kind()).isEqualTo(Kind.TOTAL);
        assertThat(ColumnDescriptor.total("skipped_examples", "examples").title())
                .isEqualTo("skipped examples");
    }

    /** Scores and errors don't depend on the order of rows, and a group's counts add up to those of all. */
    @Property(tries = 100)
    void countsKnowNoOrderAndAddUp(@ForAll @Size(max = 12) List<Boolean> verdicts, @ForAll Random random) {
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            rows.add(row(
                    "q" + i,
                    Map.of(Columns.HARDNESS, i % 2 == 0 ? "easy" : "hard"),
                    Map.of(Columns.EXECUTION_ACCURACY, verdicts.get(i)),
                    Map.of()));
        }
        Score all = report(rows).score(Columns.EXECUTION_ACCURACY);
        int inGroups = report(rows).groups(Columns.HARDNESS).values().stream()
                .mapToInt(
                        group -> Report.score(group, Columns.EXECUTION_ACCURACY).correct())
                .sum();
        Collections.shuffle(rows, random);
        assertThat(report(rows).score(Columns.EXECUTION_ACCURACY)).isEqualTo(all);
        assertThat(inGroups).isEqualTo(all.correct());
    }
}
