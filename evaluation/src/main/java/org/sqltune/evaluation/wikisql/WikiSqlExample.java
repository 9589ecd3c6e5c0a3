package org.sqltune.evaluation.wikisql;

import org.jspecify.annotations.Nullable;

/**
 * A question of WikiSQL with its answer.
 *
 * @param index its place in both files, from 0
 * @param tableId the table it asks of
 * @param question in natural language
 * @param gold the gold query
 * @param prediction the predicted query; null if the predictor reported an error or wrote something else
 */
public record WikiSqlExample(
        int index,
        String tableId,
        String question,
        WikiSqlQuery gold,
        @Nullable WikiSqlQuery prediction) {}
