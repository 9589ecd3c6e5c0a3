package org.sqltune.training;

import org.sqltune.training.AnswerScorer.AnswerScores;

/**
 * What an evaluation on the validation set showed.
 *
 * @param step steps done
 * @param epoch passes over the training set done, as a fraction
 * @param loss mean cross-entropy of a target token, in nats
 * @param tokenAccuracy share of target tokens that were the most likely one
 * @param answers scores of answered questions, where the run asks for them
 */
public record EvaluationMetrics(int step, double epoch, double loss, double tokenAccuracy, AnswerScores answers) {}
