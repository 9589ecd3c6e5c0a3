package org.sqltune.evaluation.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.RowScores;
import org.sqltune.evaluation.ScoredPrediction;
import org.sqltune.evaluation.report.ColumnDescriptor;

/** Writes a benchmark's scores as one JSON object per row. */
public final class OfficialRows {
    private OfficialRows() {}

    /**
     * Returns the rows in the benchmark's own form if it has one; else with {@code id, db_id}, the labels, verdicts
     * (1 or 0) and measures by name, {@code unparseable} and {@code error}. Every row has the same keys; undecided
     * scores are null. Rows of skipped databases are left out.
     *
     * @param evaluation has the scores of one benchmark
     */
    public static List<ObjectNode> of(Evaluation evaluation) {
        BenchmarkScores scores = evaluation.official().get(0);
        if (!scores.official().lines().isEmpty()) {
            return scores.official().lines();
        }
        Set<ColumnDescriptor> labels = new LinkedHashSet<>();
        Set<ColumnDescriptor> verdicts = new LinkedHashSet<>(scores.mainScores());
        Set<ColumnDescriptor> measures = new LinkedHashSet<>();
        for (RowScores row : scores.rows()) {
            labels.addAll(row.labels().keySet());
            verdicts.addAll(row.verdicts().keySet());
            measures.addAll(row.measures().keySet());
        }
        List<ObjectNode> lines = new ArrayList<>();
        for (int i = 0; i < scores.rows().size(); i++) {
            RowScores row = scores.rows().get(i);
            ObjectNode line = line(evaluation.predictions().get(i));
            labels.forEach(label -> line.put(label.name(), row.labels().get(label)));
            verdicts.forEach(score -> line.put(score.name(), number(row, score)));
            measures.forEach(measure -> line.put(measure.name(), row.measures().get(measure)));
            line.put("unparseable", row.unreadable());
            lines.add(line.put("error", row.error()));
        }
        return lines;
    }

    private static ObjectNode line(ScoredPrediction scored) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", scored.example().id())
                .put("db_id", scored.example().databaseId());
    }

    private static @Nullable Integer number(RowScores row, ColumnDescriptor score) {
        Boolean right = row.verdicts().get(score);
        return right == null ? null : Integer.valueOf(right ? 1 : 0);
    }
}
