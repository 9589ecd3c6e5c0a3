package org.sqltune.evaluation;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;
import org.sqltune.evaluation.metric.ExecutionOutcome.PredictionFailed;
import org.sqltune.evaluation.outline.ErrorDiagnosis;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.outline.OutlineParser;

/** Classifies wrong answers by their errors. */
final class AnswerErrors {
    private AnswerErrors() {}

    /**
     * Returns the kinds of error; empty if the answer is right or undecided.
     *
     * @param right the main score's verdict; null if undecided
     * @param unreadable whether a benchmark's grammar can't parse the answer; used if it wasn't run
     */
    static Set<ErrorKind> of(ScoredPrediction scored, @Nullable Boolean right, boolean unreadable) {
        Set<ErrorKind> kinds = EnumSet.noneOf(ErrorKind.class);
        if (right == null || right) {
            return kinds;
        }
        if (scored.prediction().sql().isBlank()) {
            kinds.add(ErrorKind.EMPTY);
            return kinds;
        }
        if (scored.execution() instanceof PredictionFailed failed) {
            kinds.add(ErrorKind.of(failed.kind()));
            return kinds;
        }
        Schema schema = scored.example().schema() instanceof Schema known ? known : null;
        kinds.addAll(ErrorDiagnosis.differences(
                OutlineParser.parse(scored.example().sql(), schema),
                OutlineParser.parse(scored.prediction().sql(), schema)));
        if (unreadable && scored.execution() == null) {
            kinds.remove(ErrorKind.OTHER);
            kinds.add(ErrorKind.PARSE);
        }
        return kinds;
    }
}
