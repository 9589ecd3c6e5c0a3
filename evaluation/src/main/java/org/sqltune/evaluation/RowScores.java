package org.sqltune.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.evaluation.report.ColumnDescriptor;

/**
 * One answer's scores by one scorer.
 *
 * @param labels the groups it is in
 * @param verdicts whether it is right, by score; a score that couldn't be decided is left out
 * @param measures numbers by score
 * @param unreadable whether the scorer's grammar can't read the answer
 * @param error one line on what went wrong; empty if nothing did
 */
public record RowScores(
        Map<ColumnDescriptor, String> labels,
        Map<ColumnDescriptor, Boolean> verdicts,
        Map<ColumnDescriptor, Double> measures,
        boolean unreadable,
        String error) {
    /** Nothing could be decided. */
    public static final RowScores NONE = new RowScores(Map.of(), Map.of(), Map.of(), false, "");

    public RowScores {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
}
