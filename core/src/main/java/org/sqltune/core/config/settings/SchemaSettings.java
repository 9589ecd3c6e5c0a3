package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * What a schema shows in a prompt, and which of the database's values a question does; keys of section {@code data}.
 *
 * @param schemaPrimaryKeys whether primary keys are shown; null for what the format does: CREATE TABLE shows them
 * @param schemaForeignKeys the same of foreign keys
 * @param schemaComments whether columns' comments are shown, where the data has them
 * @param schemaSampleValues values shown of each column, at most; where the data set has databases they are read from
 *     there. Null for those that the schema brings along, mostly none
 * @param schemaMaxTokens tokens that a schema may take, counted by the run's tokenizer, or estimated (about four letters a
 *     token) by those who have none at hand; a larger one loses what the question isn't about, and is then no longer the
 *     same for all its questions. Null for no limit
 * @param valueLinks values of the database that a question seems to speak of and that stand before it, at most; 0 for none
 */
public record SchemaSettings(
        @Nullable Boolean schemaPrimaryKeys,
        @Nullable Boolean schemaForeignKeys,
        boolean schemaComments,
        @Nullable Integer schemaSampleValues,
        @Nullable Integer schemaMaxTokens,
        int valueLinks) {
    /** Keys as the format has them, nothing else, of any length. */
    public static final SchemaSettings DEFAULTS = new SchemaSettings(null, null, false, null, null);

    /** Without value links. */
    public SchemaSettings(
            @Nullable Boolean schemaPrimaryKeys,
            @Nullable Boolean schemaForeignKeys,
            boolean schemaComments,
            @Nullable Integer schemaSampleValues,
            @Nullable Integer schemaMaxTokens) {
        this(schemaPrimaryKeys, schemaForeignKeys, schemaComments, schemaSampleValues, schemaMaxTokens, 0);
    }

    /** The same with that many value links; 0 for none. */
    public SchemaSettings withValueLinks(int most) {
        return new SchemaSettings(
                schemaPrimaryKeys, schemaForeignKeys, schemaComments, schemaSampleValues, schemaMaxTokens, most);
    }
}
