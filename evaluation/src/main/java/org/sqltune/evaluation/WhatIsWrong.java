package org.sqltune.evaluation;

import java.util.EnumSet;
import java.util.Set;
import org.sqltune.evaluation.metric.ExecutionOutcome.PredictionFailed;
import org.sqltune.evaluation.outline.ErrorDiagnosis;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.outline.SqlOutline;

/** Sorts wrong answers by what is wrong with them. */
final class WhatIsWrong {
    private WhatIsWrong() {}

    /**
     * The kinds of error, none if the answer is right. An answer that returns what it should is right, however it is
     * written; one that wasn't run is right if it is the gold query.
     */
    static Set<ErrorKind> with(ScoredPrediction scored, SqlOutline gold, SqlOutline predicted) {
        Boolean right = scored.executionMatch() == null ? scored.exactMatch() : scored.executionMatch();
        Set<ErrorKind> kinds = EnumSet.noneOf(ErrorKind.class);
        if (right == null || right) {
            return kinds;
        }
        if (scored.prediction().sql().isBlank()) {
            kinds.add(ErrorKind.EMPTY);
        } else if (scored.execution() instanceof PredictionFailed failed) {
            kinds.add(ErrorKind.of(failed.kind()));
        } else {
            kinds.addAll(ErrorDiagnosis.differences(gold, predicted));
        }
        return kinds;
    }
}
