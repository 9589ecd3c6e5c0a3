package org.sqltune.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.sql.recognizer.QueryRecognizer;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.tokenizer.TokenBytes;

/**
 * Makes the constraints of one model's answers. What it knows of the tokenizer and of the schemas asked about last is kept.
 * Safe for use by several threads.
 */
public final class Constraints {
    private static final Logger log = LoggerFactory.getLogger(Constraints.class);
    private static final int SCHEMAS_KEPT = 64;
    private static final int MASKS_KEPT = 2_000;

    /** Tokens that an end may become longer by beside a name. */
    private static final int RESERVE = 32;

    private final Supplier<TokenBytes> tokens;
    private @Nullable TokenMasks masks;
    private final Map<Schema, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Schema, Known> eldest) {
            return size() > SCHEMAS_KEPT;
        }
    };
    private final TokenMasks.Cache grammarCache = new TokenMasks.Cache(MASKS_KEPT);
    private final QueryRecognizer.Database anyNames = QueryRecognizer.Database.ofAnyNames();
    private boolean toldOfPostgres;

    /** @param reserve how many tokens the shortest end may become longer by one token: a long name, and some more */
    private record Known(QueryRecognizer.Database database, TokenMasks.Cache cache, int reserve) {}

    /** @param tokens asked for when the first constraint is made */
    public Constraints(Supplier<TokenBytes> tokens) {
        this.tokens = tokens;
    }

    /** Of a model's answers. */
    public static Constraints of(LanguageModel model) {
        return new Constraints(() -> TokenBytes.read(
                model.tokenizer().file(), model.decoder().config().vocabSize()));
    }

    /**
     * What keeps one answer to the names of a schema and the grammar of SQLite.
     *
     * @return empty where nothing can: the schema is a text, has no tables, or is PostgreSQL's, which is said once
     */
    public Optional<TokenConstraint> of(SchemaContent content) {
        if (!(content instanceof Schema schema) || schema.tables().isEmpty()) {
            return Optional.empty();
        }
        if (schema.dialect().isPostgres()) {
            tellOfPostgres(schema);
            return Optional.empty();
        }
        TokenMasks made = masks();
        Known found = known(schema, made);
        return Optional.of(new SchemaConstraint(
                made, found.cache(), found.reserve(), found.database().begin()));
    }

    /**
     * What keeps one answer to the grammar of SQLite, with any names.
     *
     * @return empty where the schema is PostgreSQL's, which is said once
     */
    public Optional<TokenConstraint> ofGrammar(SchemaContent content) {
        if (content instanceof Schema schema && schema.dialect().isPostgres()) {
            tellOfPostgres(schema);
            return Optional.empty();
        }
        TokenMasks made = masks();
        return Optional.of(new SchemaConstraint(made, grammarCache, RESERVE, anyNames.begin()));
    }

    private synchronized TokenMasks masks() {
        TokenMasks made = masks;
        if (made == null) {
            made = new TokenMasks(tokens.get());
            masks = made;
        }
        return made;
    }

    private synchronized Known known(Schema schema, TokenMasks tokens) {
        return known.computeIfAbsent(schema, each -> {
            QueryRecognizer.Database database = new QueryRecognizer.Database(each, name -> isSpelled(tokens, name));
            tellOfUnspelled(each, tokens);
            int longest = 0;
            for (byte[] spelling : database.spellings()) {
                int[] pieces = tokens.spelled(spelling);
                longest = Math.max(longest, pieces == null ? spelling.length : pieces.length);
            }
            return new Known(database, new TokenMasks.Cache(MASKS_KEPT), longest + RESERVE);
        });
    }

    private static boolean isSpelled(TokenMasks tokens, String name) {
        return tokens.spelled(name.getBytes(StandardCharsets.UTF_8)) != null;
    }

    private static void tellOfUnspelled(Schema schema, TokenMasks tokens) {
        List<String> unspelled = schema.tables().stream()
                .flatMap(table -> Stream.concat(
                        Stream.of(table.name()), table.columns().stream().map(Column::name)))
                .filter(name -> !isSpelled(tokens, name))
                .distinct()
                .toList();
        if (!unspelled.isEmpty()) {
            log.warn(
                    "The model's tokenizer can't spell {} of {}'s names, such as '{}': no answer will name them",
                    unspelled.size(),
                    schema.databaseId(),
                    unspelled.get(0));
        }
    }

    private synchronized void tellOfPostgres(Schema schema) {
        if (!toldOfPostgres) {
            toldOfPostgres = true;
            log.debug(
                    "Answers about {} aren't constrained: inference.constraint knows SQLite's grammar, and this is"
                            + " PostgreSQL",
                    schema.databaseId());
        }
    }
}
