package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.example.Example;
import org.sqltune.data.audit.PairFile;
import org.sqltune.synthesis.augmentation.Augmenter.Augmentation;

class AugmentRowsTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path rows;
    private Path output;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        rows = fixture.file(
                "rows.jsonl",
                DataFixture.row(
                        "zoo", "How many legs does the cat have?", "SELECT legs FROM animals WHERE name = 'cat'"));
        output = folder.resolve("more.jsonl");
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void valuesAreSwappedForOthersOfTheDatabase() {
        AugmentRows.Result result = run(rows, fixture.zoo(), EnumSet.of(Augmentation.SWAP), false, 1);

        assertThat(result.originals()).isEqualTo(1);
        assertThat(result.made()).containsEntry(Augmentation.SWAP, 1).containsEntry(Augmentation.SHUFFLE, 0);
        assertThat(PairFile.read(result.file())).singleElement().satisfies(row -> {
            assertThat(row.question()).containsAnyOf("owl", "eel").doesNotContain("cat");
            assertThat(row.sql()).containsAnyOf("'owl'", "'eel'");
        });
        assertThat(fixture.tasks).containsExactly("Augmenting");
        assertThat(fixture.progress).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void withoutDatabasesNoValueIsSwapped() {
        AugmentRows.Result result = run(rows, null, EnumSet.of(Augmentation.SWAP), false, 1);
        assertThat(result.made()).containsEntry(Augmentation.SWAP, 0);
    }

    @Test
    void originalsComeFirstWhereTheyAreWanted() {
        AugmentRows.Result result =
                run(rows, fixture.zoo(), EnumSet.of(Augmentation.SWAP, Augmentation.PARAPHRASE), true, 1);

        List<Example> all = PairFile.read(output);
        assertThat(all)
                .hasSize(1
                        + result.made().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
        assertThat(all.get(0).question()).isEqualTo("How many legs does the cat have?");
    }

    @Test
    void theTrainingPartOfAConfigurationIsAugmentedWithItsOwnDatabases() {
        AugmentRows.Result result = new AugmentRows(fixture.workspace)
                .run(AugmentRows.Request.of(DataFixture.config("data.max_train_samples=30"), output), fixture);

        assertThat(result.originals()).isEqualTo(30);
        assertThat(result.made().values()).allSatisfy(count -> assertThat(count).isPositive());
    }

    @Test
    void whatIsNotThereIsNamedAndNothingIsWritten() {
        assertThatThrownBy(() -> run(folder.resolve("row.jsonl"), folder.resolve("nowhere"), Set.of(), true, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean " + rows)
                .hasMessageContaining("--databases");
        Path ready = fixture.file("ready.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\"}\n");
        assertThatThrownBy(() -> new AugmentRows(fixture.workspace)
                        .run(AugmentRows.Request.of(DataFixture.config("data.train_file=" + ready), output), fixture))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("to augment");
        assertThat(output).doesNotExist();
    }

    private AugmentRows.Result run(
            Path input, Path databases, Set<Augmentation> ways, boolean withOriginals, long seed) {
        return new AugmentRows(fixture.workspace)
                .run(
                        new AugmentRows.Request(
                                DataFixture.config(), input, databases, ways, withOriginals, seed, output),
                        fixture);
    }
}
