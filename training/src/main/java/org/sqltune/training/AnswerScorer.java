package org.sqltune.training;

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
}
