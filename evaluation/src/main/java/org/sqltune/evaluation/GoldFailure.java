package org.sqltune.evaluation;

/**
 * An example whose gold query fails: a fault of the data set, not of the predictor.
 *
 * @param id the example's id
 * @param databaseId its database
 * @param error the database's message, one line
 */
public record GoldFailure(String id, String databaseId, String error) {}
