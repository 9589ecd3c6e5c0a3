package org.sqltune.evaluation.bird;

/**
 * A question of BIRD with its answer.
 *
 * @param id the question's number
 * @param databaseId the database
 * @param question with its evidence, if there is any
 * @param gold the gold SQL
 * @param difficulty {@code simple}, {@code moderate}, {@code challenging}, or empty
 * @param prediction the predicted SQL
 */
public record BirdExample(
        String id, String databaseId, String question, String gold, String difficulty, String prediction) {}
