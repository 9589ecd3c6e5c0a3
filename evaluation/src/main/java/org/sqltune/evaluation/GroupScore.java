package org.sqltune.evaluation;

import org.sqltune.evaluation.metric.Score;

/**
 * The scores of a group of examples.
 *
 * @param name the group: a category, a database, or {@code all}
 * @param examples examples in it that were predicted
 * @param exactMatch those whose SQL equals the gold SQL after normalisation
 * @param execution those whose SQL returns what the gold SQL returns
 */
public record GroupScore(String name, int examples, Score exactMatch, Score execution) {}
