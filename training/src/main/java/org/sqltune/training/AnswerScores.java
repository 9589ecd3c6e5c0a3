package org.sqltune.training;

import java.util.OptionalDouble;

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
