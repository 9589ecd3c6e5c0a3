package org.sqltune.synthesis.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.split.Splits;
import org.sqltune.synthesis.HoldOut;
import org.sqltune.synthesis.Synthesizer;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.augmentation.EverydayPairs;

/**
 * The demo data set: synthesised pairs over the five databases for training, pairs of held-out combinations of
 * template and table for validation, the 50 hand-written questions as the test set, and the 100 in everyday words as a
 * further one, {@code natural}. Takes a few seconds and no network.
 */
public final class DemoSource implements ExampleSource {
    private static final int TRAINING_PAIRS_A_DATABASE = 800;
    private static final int VALIDATION_PAIRS_A_DATABASE_AND_CATEGORY = 7;

    /** Other wordings that are drawn for each training pair. */
    private static final int OTHER_WORDINGS = 2;

    /** Combinations are held out as a whole, so more pairs are generated than used. */
    private static final int PAIRS_A_DATABASE = 960;

    /** Number of consecutive training questions of one database, so that a batch can share their schema. */
    private static final int RUN = 8;

    private final DemoDatabases databases;
    private final long seed;

    /**
     * @param folder the folder of the SQLite files, as in {@link DemoDatabases}
     * @param seed the seed of the synthesis and of the training order
     */
    public DemoSource(Path folder, long seed) {
        this.databases = new DemoDatabases(folder);
        this.seed = seed;
    }

    @Override
    public String name() {
        return "demo";
    }

    /**
     * Materialises the databases and synthesises the pairs; equal seeds give equal splits. The training order takes
     * short runs of each database in turn, so that any beginning is balanced.
     *
     * @throws SqlTuneException if the folder can't be written to
     */
    @Override
    public Splits<Example> prepare() {
        databases.materialise();
        List<Schema> schemas = DemoDatabases.IDS.stream().map(databases::schema).toList();
        List<List<SyntheticPair>> made =
                schemas.parallelStream().map(this::synthesize).toList();
        HoldOut holdOut = HoldOut.choose(made, VALIDATION_PAIRS_A_DATABASE_AND_CATEGORY, seed);

        Set<String> excluded = excluded();
        EverydayPairs everyday = new EverydayPairs(question -> !excluded.contains(QuestionText.normalised(question)));
        List<List<Example>> train = new ArrayList<>();
        List<Example> validation = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            List<SyntheticPair> training = holdOut.training(made.get(i));
            int size = Math.min(TRAINING_PAIRS_A_DATABASE, training.size());
            List<SyntheticPair> said = everyday.of(training.subList(0, size), schemas.get(i), OTHER_WORDINGS, seed + i);
            train.add(examples("train", schemas.get(i), said));
            validation.addAll(examples("validation", schemas.get(i), holdOut.validation(made.get(i))));
        }
        List<Example> ordered = InterleavedGroups.inTurn(train, RUN, seed);
        return new Splits<>(
                ordered,
                unseen(validation, ordered),
                DemoQuestions.of(databases),
                Map.of("natural", DemoQuestions.natural(databases)),
                notes(),
                List.of());
    }

    private List<SyntheticPair> synthesize(Schema schema) {
        Set<String> excluded = excluded();
        Synthesizer synthesizer = new Synthesizer(
                seed + schema.databaseId().hashCode(),
                question -> !excluded.contains(QuestionText.normalised(question)));
        try (Connection connection = databases.open(schema.databaseId())) {
            return synthesizer.synthesize(schema, connection, PAIRS_A_DATABASE);
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't open " + databases.file(schema.databaseId()) + ": " + e.getMessage()
                            + ". Delete it to have it made again",
                    e);
        }
    }

    /** Returns the test questions, which are neither made nor come of rewording. */
    private static Set<String> excluded() {
        return DemoQuestions.texts().stream().map(QuestionText::normalised).collect(Collectors.toSet());
    }

    /** Returns the validation examples whose question isn't a training question, even of another database. */
    private static List<Example> unseen(List<Example> validation, List<Example> train) {
        Set<String> trained = train.stream()
                .map(example -> QuestionText.normalised(example.question()))
                .collect(Collectors.toSet());
        return validation.stream()
                .filter(example -> !trained.contains(QuestionText.normalised(example.question())))
                .toList();
    }

    private static List<Example> examples(String split, Schema schema, List<SyntheticPair> pairs) {
        List<Example> examples = new ArrayList<>();
        for (SyntheticPair pair : pairs) {
            examples.add(new Example(
                    "demo-" + split + "-" + schema.databaseId() + "-" + examples.size(),
                    schema.databaseId(),
                    pair.question(),
                    schema,
                    pair.sql(),
                    pair.category(),
                    null,
                    new QuestionContext(schema.databaseId(), "")));
        }
        return examples;
    }

    private static List<String> notes() {
        return List.of(
                "Training and validation questions are synthesised from templates;"
                        + " the test questions are written by hand.",
                "Validation holds out combinations of template and table, not templates:"
                        + " expect the test questions to be harder.");
    }
}
