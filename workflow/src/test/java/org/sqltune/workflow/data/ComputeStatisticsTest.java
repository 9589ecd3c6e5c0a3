package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.data.statistics.DatasetStatistics;
import org.sqltune.data.statistics.StatisticsPicture.Part;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;

class ComputeStatisticsTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path rows;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        rows = fixture.file(
                "rows.jsonl",
                DataFixture.row("zoo", "How many animals are there?", "SELECT count(*) FROM animals")
                        + DataFixture.row("zoo", "Who?", "SELECT name FROM animals"));
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void lengthsAreThoseOfTheModelsTokenizer() {
        ComputeStatistics.Result result =
                run(config("data.train_file=" + rows, "data.validation_split=0", "training.max_length=40"), null);

        assertThat(result.parts()).singleElement().satisfies(part -> {
            DatasetStatistics figures = part.statistics();
            assertThat(figures.examples()).isEqualTo(2);
            assertThat(figures.maxLength()).isEqualTo(40);
            assertThat(figures.truncated()).isEqualTo(2);
            assertThat(figures.categories()).isEqualTo(Map.of("aggregation", 1, "simple", 1));
            assertThat(part.hardness()).isEqualTo(Map.of("easy", 2));
            assertThat(figures.completion().max())
                    .isEqualTo(Math.max(tokens("SELECT count(*) FROM animals"), tokens("SELECT name FROM animals")));
            // The schema is the same: it counts once where beginnings are shared.
            assertThat(figures.tokensWithSharing()).isLessThan(figures.tokens());
        });
        assertThat(fixture.tasks).containsExactly("Counting");
        assertThat(fixture.progress).containsExactly("1/1");
    }

    @Test
    void aTestSetThatRepeatsTheValidationSetComesOnce() {
        ComputeStatistics.Result same =
                run(config("data.train_file=" + rows, "data.validation_file=" + rows, "data.test_file=" + rows), null);
        assertThat(same.parts()).extracting(Part::name).containsExactly("train", "validation and test");

        Path other = fixture.file("other.jsonl", DataFixture.row("zoo", "Which?", "SELECT legs FROM animals"));
        ComputeStatistics.Result different =
                run(config("data.train_file=" + rows, "data.validation_file=" + rows, "data.test_file=" + other), null);
        assertThat(different.parts()).extracting(Part::name).containsExactly("train", "validation", "test");
    }

    @Test
    void readyPromptsHaveNoKindAndNoHardness() {
        Path ready = fixture.file("ready.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\"}\n");

        ComputeStatistics.Result result = run(config("data.train_file=" + ready, "data.validation_split=0"), null);

        assertThat(result.parts()).singleElement().satisfies(part -> {
            assertThat(part.hardness()).isEmpty();
            assertThat(part.statistics().categories()).isEqualTo(Map.of("prompts", 1));
        });
    }

    @Test
    void thePictureIsAPageOrAnSvgFileByItsName() {
        RunConfig config = config("data.train_file=" + rows, "data.validation_split=0");

        assertThat(run(config, folder.resolve("stats.html")).picture())
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("<svg", "by hardness");
        assertThat(run(config, folder.resolve("stats.svg")).picture())
                .content()
                .startsWith("<svg")
                .endsWith("</svg>\n");
    }

    @Test
    void aModelWithoutATokenizerIsNamed() {
        Path model = fixture.file("model/config.json", "{}").getParent();
        assertThatThrownBy(() -> new ComputeStatistics(fixture.workspace)
                        .run(
                                ComputeStatistics.Request.of(
                                        DataFixture.config("data.train_file=" + rows, "model.name=" + model)),
                                fixture))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(model.toString());
    }

    private static RunConfig config(String... keys) {
        String[] all = new String[keys.length + 1];
        System.arraycopy(keys, 0, all, 0, keys.length);
        all[keys.length] = "model.name=" + DataFixture.TINY_MODEL;
        return DataFixture.config(all);
    }

    private ComputeStatistics.Result run(RunConfig config, Path picture) {
        return new ComputeStatistics(fixture.workspace).run(new ComputeStatistics.Request(config, picture), fixture);
    }

    private static int tokens(String text) {
        try (Tokenizer tokenizer =
                Tokenizer.load(DataFixture.TINY_MODEL, DecoderConfigReader.read(DataFixture.TINY_MODEL))) {
            return tokenizer.encode(text).length;
        }
    }
}
