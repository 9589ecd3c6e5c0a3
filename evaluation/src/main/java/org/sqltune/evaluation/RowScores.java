package org.sqltune.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.evaluation.report.ColumnDescriptor;

/**
 * One answer's scores by one scorer.
 *
 * @param labels the answer's group in each grouping
 * @param verdicts whether the answer is right, by score; undecided scores are left out
 * @param measures numeric scores
 * @param unreadable whether the scorer's grammar can't parse the answer
 * @param error the error, one line; empty if there is none
 */
public record RowScores(
        Map<ColumnDescriptor, String> labels,
        Map<ColumnDescriptor, Boolean> verdicts,
        Map<ColumnDescriptor, Double> measures,
        boolean unreadable,
        String error) {
    /** No score could be decided. */
    public static final RowScores NONE = new RowScores(Map.of(), Map.of(), Map.of(), false, "");

    public RowScores {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
}
