package org.sqltune.data.prompt;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.sqltune.core.schema.Schema;

/**
 * Shortens a schema to a number of tokens. It keeps the tables and columns that a question mentions, the tables that
 * join them, and all these tables' keys, up to four times the limit. Beyond that, it keeps only the best matches of
 * similarly named tables and, if these are more than twenty, as many as fit into four times the limit. While there is
 * room, it adds other columns of these tables, then other tables. The schema's order stays. Equal schemas and
 * questions give equal results. Views show only their columns, since the tables they read may be gone. Data that all
 * questions of a schema need is computed once. Thread-safe.
 */
final class SchemaPruner {
    /** More than a data set uses in turns; the cache keeps the names' words and some numbers of each. */
    private static final int MOST_SCHEMAS = 256;

    private final SchemaWriter writer;
    private final int mostTokens;
    private final ToIntFunction<String> tokens;

    /** Keyed by identity; empty for schemas that are short enough. */
    private final Cache<Schema, Optional<PreparedSchema>> known =
            CacheBuilder.newBuilder().weakKeys().maximumSize(MOST_SCHEMAS).build();

    SchemaPruner(SchemaWriter writer, int mostTokens, ToIntFunction<String> tokens) {
        this.writer = writer;
        this.mostTokens = mostTokens;
        this.tokens = tokens;
    }

    /** Returns the schema itself if it is short enough, so that questions share it. */
    Schema prune(Schema schema, String question) {
        Optional<PreparedSchema> prepared = known.getIfPresent(schema);
        if (prepared == null) {
            // Samples that aren't shown don't affect the selection.
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
