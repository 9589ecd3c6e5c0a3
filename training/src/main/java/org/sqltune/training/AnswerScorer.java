package org.sqltune.training;

import java.util.OptionalDouble;
import org.sqltune.core.progress.ProgressListener;

/** Lets the model in training answer a sample of the validation questions and scores the answers. */
@FunctionalInterface
public interface AnswerScorer {
    /** Asks no question and returns no scores; for runs that select checkpoints by validation loss. */
    AnswerScorer NONE = progress -> AnswerScores.NONE;

    /**
     * Answers the sample with the model's present weights and scores the answers.
     *
     * @param progress called after each answer; an exception that it throws ends the scoring and is rethrown
     */
    AnswerScores score(ProgressListener progress);

    /**
     * Scores of a model's answers to a sample of questions.
     *
     * @param exactMatch share of answers that equal the gold SQL after normalisation, from 0 to 1; empty if no answer
     *     was scored
     * @param executionAccuracy share of answers that return the gold SQL's result, from 0 to 1; empty if no answer
     *     could be executed
     */
    public record AnswerScores(OptionalDouble exactMatch, OptionalDouble executionAccuracy) {
        /** Scores of an evaluation that asked no questions: both empty. */
        public static final AnswerScores NONE = new AnswerScores(OptionalDouble.empty(), OptionalDouble.empty());
    }
}
