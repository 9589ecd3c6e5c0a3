package org.sqltune.evaluation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.outline.ErrorKind;

/**
 * A question, its answer and what was found about it.
 *
 * @param id the question's id
 * @param databaseId its database
 * @param question in natural language; empty if it isn't known
 * @param gold the gold SQL
 * @param prediction the predicted SQL
 * @param labels which group it is in, by grouping, such as {@code category} → {@code join}
 * @param verdicts whether it is right, by score; a score that couldn't be decided is left out
 * @param measures numbers, by score, such as {@code soft_f1}
 * @param errors what is wrong with it, the main kind first; empty if it is right
 * @param error one line on what went wrong when it was run; empty if nothing did
 * @param goldResult what the gold query returns; null if it wasn't kept
 * @param predictedResult what the prediction returns; null if it wasn't kept or there is none
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

    /** Whether it is right by a score; null if that couldn't be decided. */
    public @Nullable Boolean verdict(ColumnDescriptor score) {
        return verdicts.get(score);
    }
}
