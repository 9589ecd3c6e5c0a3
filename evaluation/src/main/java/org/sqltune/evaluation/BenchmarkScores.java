package org.sqltune.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.ReportTable;

/**
 * The scores that a {@link BenchmarkScorer} gives to a set of answers.
 *
 * @param rows one per answer, in order
 * @param mainScores the scores that decide whether an answer is right, by preference; for each row the first decided
 *     one counts
 * @param rules what each score means, by its name
 * @param facts totals over all rows, such as the number of unparseable answers
 * @param official the scores in the form that the benchmark's own programs print and write
 */
public record BenchmarkScores(
        List<RowScores> rows,
        List<ColumnDescriptor> mainScores,
        Map<String, String> rules,
        Map<ColumnDescriptor, Double> facts,
        Output official) {
    public BenchmarkScores {
        rows = List.copyOf(rows);
        mainScores = List.copyOf(mainScores);
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** Returns the main score: the first one that is decided for at least one row; empty if there is none. */
    public Optional<ColumnDescriptor> mainScore() {
        return mainScores.stream()
                .filter(score -> rows.stream().anyMatch(row -> row.verdicts().containsKey(score)))
                .findFirst();
    }

    /**
     * The form in which a benchmark's own programs show scores.
     *
     * @param tables the tables that they print
     * @param details further tables, printed only on request
     * @param notes remarks for readers of the tables, one sentence each
     * @param lines one JSON object per row; empty if the benchmark has no such form
     */
    public record Output(
            List<ReportTable> tables, List<ReportTable> details, List<String> notes, List<ObjectNode> lines) {
        /** No output besides the report. */
        public static final Output NONE = new Output(List.of(), List.of(), List.of(), List.of());

        public Output {
            tables = List.copyOf(tables);
            details = List.copyOf(details);
            notes = List.copyOf(notes);
            lines = List.copyOf(lines);
        }
    }
}
