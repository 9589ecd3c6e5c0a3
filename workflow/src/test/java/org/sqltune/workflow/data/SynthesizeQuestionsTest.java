package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.FolderLock;
import org.sqltune.data.audit.PairFile;
import org.sqltune.synthesis.HardnessMix;

class SynthesizeQuestionsTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path output;
    private String zoo;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        output = folder.resolve("rows.jsonl");
        zoo = fixture.zoo().resolve("zoo/zoo.sqlite").toString();
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void everyPairIsWrittenRunAndCounted() {
        SynthesizeQuestions.Result result = run(zoo, 20, null, null, 1);

        List<Example> rows = PairFile.read(output);
        assertThat(rows)
                .hasSize(20)
                .allSatisfy(row -> assertThat(row.databaseId()).isEqualTo("zoo"));
        assertThat(result.pairs()).isEqualTo(20);
        assertThat(result.executing()).isEqualTo(20);
        assertThat(result.templates()).isBetween(2, result.allTemplates());
        assertThat(sum(result.byHardness())).isEqualTo(20);
        assertThat(sum(result.byCategory())).isEqualTo(20);
        assertThat(fixture.tasks).containsExactly("Synthesising");
        assertThat(fixture.progress).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void twoRunsDoNotWriteOneFile() {
        FolderLock.whileWriting(output, "--output", () -> {
            assertThatThrownBy(() -> run(zoo, 20, null, null, 1))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(output + ": is in use by another run of this process");
            return output;
        });
        assertThat(output).doesNotExist();
        assertThat(run(zoo, 20, null, null, 1).pairs()).isEqualTo(20);
    }

    @Test
    void aDemoDatabaseIsMadeWhenItIsNamed() {
        SynthesizeQuestions.Result result = run("saas", 40, HardnessMix.of("easy=1,hard=1"), null, 1);

        assertThat(result.byHardness()).isEqualTo(Map.of("easy", 20L, "hard", 20L));
        assertThat(PairFile.read(output)).extracting(Example::databaseId).containsOnly("saas");
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        run(zoo, 15, null, null, 3);
        String first = Files.readString(output);
        run(zoo, 15, null, null, 3);
        assertThat(output).hasContent(first);
        run(zoo, 15, null, null, 4);
        assertThat(Files.readString(output)).isNotEqualTo(first);
    }

    @Test
    void excludedQuestionsAreNotMade() throws IOException {
        run(zoo, 10, null, null, 3);
        Path scored = Files.move(output, folder.resolve("scored.jsonl"));
        run(zoo, 10, null, scored, 3);

        List<String> excluded =
                PairFile.read(scored).stream().map(Example::question).toList();
        assertThat(PairFile.read(output)).extracting(Example::question).doesNotContainAnyElementsOf(excluded);
    }

    @Test
    void whatIsNoSqliteFileIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> run("sass", 10, null, null, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean saas?");
        assertThatThrownBy(() -> run(folder.resolve("databases").toString(), 10, null, null, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("one SQLite file");
        assertThatThrownBy(() -> run("jdbc:postgresql://localhost/x?user=me&password=secret", 10, null, null, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> run(zoo, 10, null, folder.resolve("nowhere.csv"), 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.csv");
        assertThatThrownBy(() -> run(zoo, 0, null, null, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("0 pairs");
        assertThat(output).doesNotExist();
    }

    @Test
    void aDatabaseWithoutRowsHasNothingToAsk() {
        String empty =
                fixture.database("empty.sqlite", "CREATE TABLE t (a INTEGER)").toString();
        assertThatThrownBy(() -> run(empty, 10, null, null, 1))
                .isInstanceOf(SqlTuneException.class)
                .isNotInstanceOf(ConfigException.class)
                .hasMessageContaining("Nothing to ask of");
    }

    private SynthesizeQuestions.Result run(String database, int count, HardnessMix mix, Path exclude, long seed) {
        return new SynthesizeQuestions(fixture.workspace)
                .run(
                        new SynthesizeQuestions.Request(
                                database, output, count, mix, SchemaFormat.TABLE, exclude, seed),
                        fixture);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
