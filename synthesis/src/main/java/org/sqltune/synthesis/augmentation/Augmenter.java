package org.sqltune.synthesis.augmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.grammar.Choice;

/**
 * Derives new pairs from existing ones. A new id is the old one with {@code ~swap}, {@code ~paraphrase} or {@code
 * ~shuffle}. Equal seeds give equal pairs; a question that already exists over the same schema isn't added.
 */
public final class Augmenter {
    private final Set<Augmentation> ways;
    private final @Nullable DatabaseFolder databases;
    private final QueryLimits limits;
    private final long seed;
    private final Paraphrases paraphrases = Paraphrases.standard();

    /**
     * @param ways the augmentations, each applied once to every example
     * @param databases the databases for {@link Augmentation#SWAP}; examples whose database is missing aren't
     *     swapped; null for none
     * @param limits the limits of a swapped query
     * @param seed the random seed
     */
    public Augmenter(Set<Augmentation> ways, @Nullable DatabaseFolder databases, QueryLimits limits, long seed) {
        this.ways = Set.copyOf(ways);
        this.databases = databases;
        this.limits = limits;
        this.seed = seed;
    }

    /** Returns only the new pairs, by augmentation. */
    public Map<Augmentation, List<Example>> augment(List<Example> examples) {
        Set<List<Object>> known = new HashSet<>();
        examples.forEach(example -> known.add(key(example)));
        Map<Augmentation, List<Example>> made = new HashMap<>();
        try (Databases open = new Databases()) {
            Choice choice = new Choice(seed);
            for (Augmentation way : Augmentation.values()) {
                List<Example> ofWay = new ArrayList<>();
                for (Example example : ways.contains(way) ? examples : List.<Example>of()) {
                    one(way, example, open, choice)
                            .filter(each -> known.add(key(each)))
                            .map(each -> named(each, example.id() + "~" + way.label()))
                            .ifPresent(ofWay::add);
                }
                made.put(way, ofWay);
            }
        }
        return made;
    }

    private Optional<Example> one(Augmentation way, Example example, Databases open, Choice choice) {
        return switch (way) {
            case SWAP -> open.swaps(example.databaseId()).flatMap(swap -> swap.of(example, choice));
            case PARAPHRASE -> paraphrases.of(example.question(), choice).map(question -> asked(example, question));
            case SHUFFLE -> SchemaShuffle.of(example, choice);
        };
    }

    private static List<Object> key(Example example) {
        return List.of(example.schema(), QuestionText.normalised(example.question()));
    }

    private static Example asked(Example example, String question) {
        return new Example(
                example.id(),
                example.databaseId(),
                question,
                example.schema(),
                example.sql(),
                example.category(),
                example.explanation(),
                example.context());
    }

    private static Example named(Example example, String id) {
        return new Example(
                id,
                example.databaseId(),
                example.question(),
                example.schema(),
                example.sql(),
                example.category(),
                example.explanation(),
                example.context());
    }

    /** Opens databases on demand and keeps them open. */
    private final class Databases implements AutoCloseable {
        private final Map<String, Optional<ValueSwap>> swaps = new HashMap<>();
        private final List<SqliteExecutor> executors = new ArrayList<>();

        Optional<ValueSwap> swaps(String databaseId) {
            return swaps.computeIfAbsent(databaseId, this::open);
        }

        private Optional<ValueSwap> open(String databaseId) {
            if (databases == null) {
                return Optional.empty();
            }
            try {
                SqliteExecutor executor = SqliteExecutor.open(databases.require(databaseId), limits);
                executors.add(executor);
                Schema schema =
                        new SchemaReader().read(databases.locate(databaseId).orElseThrow());
                return Optional.of(new ValueSwap(schema, executor));
            } catch (SqlTuneException missing) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            executors.forEach(SqliteExecutor::close);
        }
    }

    /** Ways to derive a new pair from a pair. */
    public enum Augmentation {
        /** Replaces a value by another of the same column, in question and SQL; the new query is run. */
        SWAP,
        /** Rewords the question. */
        PARAPHRASE,
        /** Reorders the schema's tables and columns. */
        SHUFFLE;

        /** Returns the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
