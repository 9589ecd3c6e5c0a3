package org.sqltune.synthesis.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

/**
 * The demo data set: synthesised pairs over the five databases to train on, pairs of held-out templates and tables to
 * validate with, and the 50 hand-written questions to test with. Needs no network and a few seconds.
 */
public final class DemoSource implements ExampleSource {
    private static final int TRAINING_PAIRS_A_DATABASE = 800;
    private static final int VALIDATION_PAIRS_A_DATABASE_AND_CATEGORY = 7;

    /** Held-out combinations go as a whole, so more pairs are made than are used. */
    private static final int PAIRS_A_DATABASE = 960;

    /** Questions of one database that stand together in training, so that a batch can share their schema. */
    private static final int RUN = 8;

    private final DemoDatabases databases;
    private final long seed;

    /**
     * @param folder where the SQLite files lie or go, as in {@link DemoDatabases}
     * @param seed of the synthesis and of the order of training
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
     * Materialises the databases and synthesises the pairs: equal seeds give equal splits. Training comes in short runs
     * of one database, the databases in turn, so that its beginning is balanced too.
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

        List<List<Example>> train = new ArrayList<>();
        List<Example> validation = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            List<SyntheticPair> training = holdOut.training(made.get(i));
            int size = Math.min(TRAINING_PAIRS_A_DATABASE, training.size());
            train.add(examples("train", schemas.get(i), training.subList(0, size)));
            validation.addAll(examples("validation", schemas.get(i), holdOut.validation(made.get(i))));
        }
        List<Example> ordered = Runs.inTurn(train, RUN, seed);
        return new Splits<>(ordered, unseen(validation, ordered), DemoQuestions.of(databases), notes());
    }

    private List<SyntheticPair> synthesize(Schema schema) {
        Set<String> excluded =
                DemoQuestions.texts().stream().map(QuestionText::normalised).collect(Collectors.toSet());
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

    /** Two databases may be asked in the same words; what was trained on in one is not validated with in another. */
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
