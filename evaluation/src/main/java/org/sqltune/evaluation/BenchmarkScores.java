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
 * What a {@link BenchmarkScorer} says of some answers.
 *
 * @param rows a row for each answer, in order
 * @param mainScores the scores by which an answer is right, the best first; the first one that is decided for a row counts
 * @param rules what each score means, by its name
 * @param facts numbers of all rows together, such as how many answers couldn't be read
 * @param official what the benchmark's own programs print and write
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

    /** The main score: the first that is decided for some row; empty if none is. */
    public Optional<ColumnDescriptor> mainScore() {
        return mainScores.stream()
                .filter(score -> rows.stream().anyMatch(row -> row.verdicts().containsKey(score)))
                .findFirst();
    }

    /**
     * The form in which a benchmark's own programs show scores.
     *
     * @param tables the tables that they print
     * @param details further tables, printed only if asked for
     * @param notes what a reader of the tables should know, a sentence each
     * @param lines a JSON object for each row; empty if the benchmark has no such form
     */
    public record Output(
            List<ReportTable> tables, List<ReportTable> details, List<String> notes, List<ObjectNode> lines) {
        /** Nothing beside the report. */
        public static final Output NONE = new Output(List.of(), List.of(), List.of(), List.of());

        public Output {
            tables = List.copyOf(tables);
            details = List.copyOf(details);
            notes = List.copyOf(notes);
            lines = List.copyOf(lines);
        }
    }
}
