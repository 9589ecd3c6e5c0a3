package org.sqltune.core.example;

import org.sqltune.core.schema.SchemaContent;

/**
 * A question to be answered with SQL.
 *
 * @param id unique within its batch
 * @param databaseId the database it asks of; empty if unknown
 * @param question the question in natural language
 * @param schema what the prompt shows of the database
 */
public record SqlQuestion(String id, String databaseId, String question, SchemaContent schema) {}
