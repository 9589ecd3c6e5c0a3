package org.sqltune.evaluation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.outline.ErrorKind;

/**
 * A question, its answer and the answer's scores.
 *
 * @param id the question's id
 * @param databaseId its database
 * @param question the question in natural language; empty if unknown
 * @param gold the gold SQL
 * @param prediction the predicted SQL
 * @param labels the row's group by grouping, such as {@code category} → {@code join}
 * @param verdicts whether the answer is right, by score; undecided scores are left out
 * @param measures numeric scores, such as {@code soft_f1}
 * @param errors the kinds of error, the main one first; empty if the answer is right
 * @param error the execution error, one line; empty if there is none
 * @param goldResult the gold query's result; null if it wasn't kept
 * @param predictedResult the prediction's result; null if it wasn't kept or there is none
 */
public record ReportRow(
        String id,
        String databaseId,
        String question,
        String gold,
        String prediction,
        Map<ColumnDescriptor, String> labels,
        Map<ColumnDescriptor, Boolean> verdicts,
        Map<ColumnDescriptor, Double> measures,
        List<ErrorKind> errors,
        String error,
        @Nullable ResultExcerpt goldResult,
        @Nullable ResultExcerpt predictedResult) {

    public ReportRow {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        errors = List.copyOf(errors);
    }

    /** Returns whether the answer is right by a score; null if undecided. */
    public @Nullable Boolean verdict(ColumnDescriptor score) {
        return verdicts.get(score);
    }
}
