package org.sqltune.training;

import org.sqltune.evaluation.Evaluation;

/**
 * One set of questions, scored before and after training.
 *
 * @param name what the set is called: {@code validation} or {@code test}
 * @param before scores of the model as it was
 * @param after scores of what was trained
 */
public record ScoredSet(String name, Evaluation before, Evaluation after) {}
