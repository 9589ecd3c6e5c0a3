package org.sqltune.evaluation.spider;

/**
 * A prediction and its gold query.
 *
 * @param index its position in both files, from 0
 * @param databaseId the database
 * @param gold the gold SQL
 * @param prediction the predicted SQL; may be empty
 */
public record SpiderPair(int index, String databaseId, String gold, String prediction) {}
