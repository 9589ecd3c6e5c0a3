package org.sqltune.evaluation;

/**
 * An example whose gold query doesn't run: a fault of the data set, not of the predictor.
 *
 * @param id the example's id
 * @param databaseId its database
 * @param error what the database says of the gold query
 */
public record GoldFailure(String id, String databaseId, String error) {}
