package org.sqltune.training;

import org.sqltune.training.AnswerScorer.AnswerScores;

/**
 * Metrics of one evaluation on the validation set.
 *
 * @param step optimizer steps done
 * @param epoch passes over the training set done, with a fraction
 * @param loss mean cross-entropy per target token, in nats
 * @param tokenAccuracy share of target tokens to which the model gave the highest probability, from 0 to 1
 * @param answers scores of the answered sample; {@link AnswerScores#NONE} if the run answers no questions during
 *     training
 */
public record EvaluationMetrics(int step, double epoch, double loss, double tokenAccuracy, AnswerScores answers) {}
