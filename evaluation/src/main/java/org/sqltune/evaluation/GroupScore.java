package org.sqltune.evaluation;

import org.sqltune.evaluation.metric.Score;

/**
 * The scores of a group of examples.
 *
 * @param name the group's name: a category, a database, or {@code all}
 * @param examples number of predicted examples in the group
 * @param exactMatch how many predictions equal the gold SQL after normalisation
 * @param execution how many predictions return the gold query's result
 */
public record GroupScore(String name, int examples, Score exactMatch, Score execution) {}
