package org.sqltune.synthesis.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.Synthesizer;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.augmentation.Augmenter.Augmentation;
import org.sqltune.synthesis.demo.DemoDatabases;

/** What is made of hundreds of synthetic pairs over a demo database. */
class AugmentationKeepsResultsTest {
    private static final int PAIRS = 150;

    @TempDir
    private static Path folder;

    private static Schema schema;
    private static final List<Example> EXAMPLES = new ArrayList<>();

    @BeforeAll
    static void synthesise() throws IOException, SQLException {
        String id = DemoDatabases.IDS.get(0);
        new DemoDatabases(folder).materialise();
        Path file = new DatabaseFolder(folder).require(id);
        schema = new SchemaReader().read(file);
        EXAMPLES.clear();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            List<SyntheticPair> pairs = new Synthesizer(3).synthesize(schema, connection, PAIRS);
            for (int i = 0; i < pairs.size(); i++) {
                EXAMPLES.add(new Example(
                        "e" + i,
                        id,
                        pairs.get(i).question(),
                        schema,
                        pairs.get(i).sql()));
            }
        }
    }

    @Test
    void everySwappedQueryFindsSomething() {
        List<Example> swapped = made(Augmentation.SWAP, 1);

        assertThat(swapped).hasSizeGreaterThan(10);
        Path file = new DatabaseFolder(folder).require(schema.databaseId());
        try (SqliteExecutor sqlite = SqliteExecutor.open(file, QueryLimits.DEFAULTS)) {
            assertThat(swapped)
                    .allSatisfy(each -> assertThat(sqlite.execute(each.sql()).rows())
                            .as(each.sql())
                            .isNotEmpty());
        }
    }

    @Test
    void aSwapChangesQuestionAndSqlInOnePlaceEach() {
        Map<String, Example> originals = byId();
        for (Example swapped : made(Augmentation.SWAP, 2)) {
            Example original = originals.get(swapped.id().replace("~swap", ""));
            String[] before = original.sql().split(" ");
            String[] after = swapped.sql().split(" ");
            // What lies between the common beginning and the common end is a literal.
            int begin = 0;
            while (begin < Math.min(before.length, after.length) && before[begin].equals(after[begin])) {
                begin++;
            }
            assertThat(begin).as(swapped.sql()).isBetween(3, before.length - 1);
            assertThat(after[begin]).as(swapped.sql()).matches("\\(?['\"-]?[\\p{L}\\p{N}].*");
            assertThat(swapped.question()).isNotEqualTo(original.question());
            assertThat(swapped.schema()).isEqualTo(original.schema());
        }
    }

    @Test
    void aParaphraseHasTheSameSql() {
        Map<String, Example> originals = byId();
        List<Example> made = made(Augmentation.PARAPHRASE, 1);

        assertThat(made).hasSizeGreaterThan(20);
        for (Example each : made) {
            Example original = originals.get(each.id().replace("~paraphrase", ""));
            assertThat(each.sql()).isEqualTo(original.sql());
            assertThat(each.schema()).isEqualTo(original.schema());
            assertThat(QuestionText.normalised(each.question()))
                    .isNotEqualTo(QuestionText.normalised(original.question()));
        }
    }

    @Test
    void aShuffleHasTheSameTablesColumnsAndKeys() {
        for (Example each : made(Augmentation.SHUFFLE, 1)) {
            Schema shuffled = (Schema) each.schema();
            assertThat(shuffled.foreignKeys()).isEqualTo(schema.foreignKeys());
            assertThat(shuffled.tables()).hasSameSizeAs(schema.tables());
            schema.tables()
                    .forEach(table -> assertThat(
                                    shuffled.table(table.name()).orElseThrow().columns())
                            .containsExactlyInAnyOrderElementsOf(table.columns()));
        }
    }

    @Test
    void equalSeedsMakeEqualPairsAndNoneTwice() {
        for (Augmentation way : Augmentation.values()) {
            List<Example> made = made(way, 7);

            assertThat(made).isEqualTo(made(way, 7));
            assertThat(made.stream().map(each -> List.of(each.schema(), QuestionText.normalised(each.question()))))
                    .doesNotHaveDuplicates();
            assertThat(made)
                    .extracting(Example::id)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.endsWith("~" + way.label()));
        }
    }

    @Test
    void withoutItsDatabaseNothingIsSwapped() {
        Example stray = new Example(
                "s",
                "nowhere",
                EXAMPLES.get(0).question(),
                schema,
                EXAMPLES.get(0).sql());

        assertThat(augmented(EnumSet.of(Augmentation.SWAP), List.of(stray), folder))
                .isEmpty();
        assertThat(augmented(EnumSet.of(Augmentation.SWAP), EXAMPLES, null)).isEmpty();
    }

    @Test
    void aSchemaThatIsATextIsNotShuffled() {
        Example text = new Example(
                "t", schema.databaseId(), "Who?", new VerbatimSchema("CREATE TABLE t (a)"), "SELECT a FROM t");

        assertThat(augmented(EnumSet.of(Augmentation.SHUFFLE), List.of(text), folder))
                .isEmpty();
    }

    @Test
    void onlyWhatWasAskedForIsMade() {
        assertThat(augmented(Set.of(), EXAMPLES, folder)).isEmpty();
        assertThat(augmented(EnumSet.of(Augmentation.PARAPHRASE), EXAMPLES, folder))
                .allMatch(each -> each.id().endsWith("~paraphrase"));
    }

    private static Map<String, Example> byId() {
        Map<String, Example> byId = new HashMap<>();
        EXAMPLES.forEach(example -> byId.put(example.id(), example));
        return byId;
    }

    private static List<Example> made(Augmentation way, long seed) {
        return new Augmenter(EnumSet.of(way), new DatabaseFolder(folder), QueryLimits.DEFAULTS, seed)
                .augment(EXAMPLES)
                .getOrDefault(way, List.of());
    }

    private static List<Example> augmented(Set<Augmentation> ways, List<Example> examples, @Nullable Path databases) {
        return new Augmenter(ways, databases == null ? null : new DatabaseFolder(databases), QueryLimits.DEFAULTS, 1)
                .augment(examples).values().stream().flatMap(List::stream).toList();
    }
}
