package org.sqltune.data.prompt;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.sqltune.core.schema.Schema;

/**
 * Shortens a schema to a number of tokens. The tables and columns that a question speaks of, the tables that join them,
 * and all these tables' keys stay whatever they take, up to four times that number; beyond it, of tables with similar names
 * only those stay that the question names best. Other columns of these tables are added while there is room, and then other
 * tables. Order stays the schema's own. Equal schemas and questions give equal results. Views that are left
 * show their columns only, as what they read may be gone. What all questions of one schema need is computed once.
 */
final class SchemaPruner {
    /** More than a data set asks by turns; of each the names' words and some numbers are kept. */
    private static final int MOST_SCHEMAS = 256;

    private final SchemaWriter writer;
    private final int mostTokens;
    private final ToIntFunction<String> tokens;

    /** By the schema itself, not by what it equals; empty for those that are short enough. */
    private final Cache<Schema, Optional<PreparedSchema>> known =
            CacheBuilder.newBuilder().weakKeys().maximumSize(MOST_SCHEMAS).build();

    SchemaPruner(SchemaWriter writer, int mostTokens, ToIntFunction<String> tokens) {
        this.writer = writer;
        this.mostTokens = mostTokens;
        this.tokens = tokens;
    }

    /** Returns the schema itself if it is short enough, so that its questions share it. */
    Schema prune(Schema schema, String question) {
        Optional<PreparedSchema> prepared = known.getIfPresent(schema);
        if (prepared == null) {
            // Values that aren't shown don't decide what is.
            prepared = fits(schema)
                    ? Optional.empty()
                    : Optional.of(new PreparedSchema(writer.detail().limitSamples(schema), writer, tokens));
            known.put(schema, prepared);
        }
        return prepared.isEmpty()
                ? schema
                : new SchemaSelection(prepared.get(), new QuestionLinks(question), mostTokens, this::fits).pruned();
    }

    private boolean fits(Schema schema) {
        return tokens.applyAsInt(writer.write(schema)) <= mostTokens;
    }
}
