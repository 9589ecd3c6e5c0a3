package org.sqltune.training;

import java.util.OptionalDouble;
import org.sqltune.core.progress.ProgressListener;

/** Has the model, as it is now, answer a sample of the validation set's questions, and scores the answers. */
@FunctionalInterface
public interface AnswerScorer {
    /** For runs that need no answers. */
    AnswerScorer NONE = progress -> AnswerScores.NONE;

    /**
     * Asks and scores.
     *
     * @param progress told after each answer; what it throws ends the scoring
     */
    AnswerScores score(ProgressListener progress);

    /**
     * How good a model's answers to some questions were.
     *
     * @param exactMatch share of answers that are the gold SQL but for spelling, from 0 to 1; empty if none was scored
     * @param executionAccuracy share of answers that return what the gold SQL returns; empty if none could be executed
     */
    public record AnswerScores(OptionalDouble exactMatch, OptionalDouble executionAccuracy) {
        /** Nothing was asked. */
        public static final AnswerScores NONE = new AnswerScores(OptionalDouble.empty(), OptionalDouble.empty());
    }
}
