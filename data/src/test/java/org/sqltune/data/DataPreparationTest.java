package org.sqltune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.DataSettings.StratifyBy;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.source.GretelSource;
import org.sqltune.data.spider.SpiderCsvSource;
import org.sqltune.data.spider.SpiderSource;
import org.sqltune.data.split.Splits;
import org.sqltune.data.wikisql.WikiSqlSource;

class DataPreparationTest {
    @TempDir
    Path folder;

    @Test
    void questionsFromAFileBecomePromptsOfTheTemplate() throws Exception {
        Path train = questions("train.jsonl", 2);

        Splits<PromptCompletion> dataset =
                preparation(settings(train, null, 0, null, null)).prompts();

        assertThat(dataset.train().get(1))
                .isEqualTo(new PromptCompletion(
                        "train-2",
                        "[INST] Write the SQL query.\nSchema:\nTABLE: t ( a )\nQuestion: Question 1? [/INST]",
                        "SELECT 1"));
        assertThat(dataset.validation()).isEmpty();
        assertThat(dataset.notes()).isEmpty();
    }

    @Test
    void readyPromptsStayAsTheyAre() throws Exception {
        Path train = Files.writeString(
                folder.resolve("train.jsonl"), "{\"id\": \"x\", \"prompt\": \"Say\", \"completion\": \"cheese\"}");

        DataPreparation preparation = preparation(settings(train, null, 0, null, null));

        assertThat(preparation.prompts().train()).containsExactly(new PromptCompletion("x", "Say", "cheese"));
        assertThatThrownBy(preparation::examples)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("train.jsonl holds prompts and completions");
    }

    @Test
    void aValidationSetIsHeldOutWhereThereIsNone() throws Exception {
        Path train = questions("train.jsonl", 100);

        Splits<Example> splits =
                preparation(settings(train, null, 0.1, null, null)).examples();

        assertThat(splits.train()).hasSize(90).doesNotContainAnyElementsOf(splits.validation());
        assertThat(splits.validation()).hasSize(10);
        assertThat(splits.notes())
                .containsExactly(
                        "10 of 100 training examples are held out for validation (validation_split 0.1, seed 5).");
    }

    @Test
    void aGivenValidationSetLeavesTheTrainingSetWhole() throws Exception {
        Path train = questions("train.jsonl", 100);
        Path validation = questions("validation.jsonl", 3);

        Splits<Example> splits =
                preparation(settings(train, validation, 0.1, null, null)).examples();

        assertThat(splits.train()).hasSize(100);
        assertThat(splits.validation()).hasSize(3);
    }

    @Test
    void theHeldOutPartHasTheSameMixtureOfComplexity() throws Exception {
        String rows = IntStream.range(0, 100)
                .mapToObj(i ->
                        "{\"sql_prompt\": \"q\", \"sql_context\": \"c\", \"sql\": \"SELECT 1\", \"sql_complexity\": \""
                                + (i < 80 ? "basic SQL" : "CTEs") + "\"}")
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("gretel.jsonl"), rows);

        Splits<Example> splits = preparation(new DataSettings(
                        Dataset.GRETEL,
                        file,
                        null,
                        null,
                        null,
                        PromptFormat.EXPERT,
                        SchemaFormat.TABLE,
                        true,
                        0.1,
                        StratifyBy.AUTO,
                        null,
                        null))
                .examples();

        assertThat(splits.validation())
                .extracting(example -> example.context().complexity())
                .containsOnly("basic SQL", "CTEs")
                .filteredOn("CTEs"::equals)
                .hasSize(2);
    }

    @Test
    void limitsChooseTheSameExamplesInTheSetsOrderAndSaySo() throws Exception {
        Path train = questions("train.jsonl", 100);
        Path validation = questions("validation.jsonl", 50);
        DataSettings settings = settings(train, validation, 0, 10, 5);

        Splits<Example> splits = preparation(settings).examples();

        assertThat(splits.train())
                .hasSize(10)
                .isSubsetOf(preparation(settings(train, validation, 0, 20, 5))
                        .examples()
                        .train());
        assertThat(splits.train()).isSortedAccordingTo((a, b) -> Integer.compare(line(a), line(b)));
        assertThat(line(splits.train().get(9))).isGreaterThan(10);
        assertThat(splits.validation()).hasSize(5);
        assertThat(splits).isEqualTo(preparation(settings).examples());
        assertThat(splits.notes()).contains("10 of 100 training examples are used, chosen by seed 5.");
    }

    @Test
    void theDemoIsTheOneHandedIn() {
        Example example = new Example("d", "shop", "?", new VerbatimSchema(""), "SELECT 1");
        ExampleSource demo = new ExampleSource() {
            @Override
            public String name() {
                return "fake demo";
            }

            @Override
            public Splits<Example> prepare() {
                return new Splits<>(List.of(example), List.of(), List.of(), List.of());
            }
        };

        assertThat(new DataPreparation(DataSettings.defaults(), 1, () -> demo)
                        .examples()
                        .train())
                .containsExactly(example);
    }

    @Test
    void everyNameFindsItsDataSet() {
        assertThat(source(Dataset.SPIDER)).isInstanceOf(SpiderSource.class);
        assertThat(source(Dataset.SPIDER_CSV)).isInstanceOf(SpiderCsvSource.class);
        assertThat(source(Dataset.WIKISQL)).isInstanceOf(WikiSqlSource.class);
        assertThat(source(Dataset.GRETEL)).isInstanceOf(GretelSource.class);
    }

    @Test
    void spidersCsvIsFoundInItsFolder() {
        assertThatThrownBy(() -> source(Dataset.SPIDER_CSV).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(folder.resolve("spider_text_sql.csv").toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = Dataset.class,
            names = {"DEMO"},
            mode = EnumSource.Mode.EXCLUDE)
    void aDataSetWithoutAPathSaysWhichKeyToSet(Dataset dataset) {
        DataSettings settings = new DataSettings(
                dataset,
                null,
                null,
                null,
                null,
                PromptFormat.INST,
                SchemaFormat.TABLE,
                true,
                0,
                StratifyBy.AUTO,
                null,
                null);

        assertThatThrownBy(() -> ExampleSources.of(settings, DataPreparationTest::noDemo))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(dataset == Dataset.FILES ? "data.train_file" : "data.path");
    }

    private static ExampleSource noDemo() {
        throw new AssertionError("the demo is not asked for");
    }

    private ExampleSource source(Dataset dataset) {
        return ExampleSources.of(
                new DataSettings(
                        dataset,
                        folder,
                        null,
                        null,
                        null,
                        PromptFormat.INST,
                        SchemaFormat.TABLE,
                        true,
                        0,
                        StratifyBy.AUTO,
                        null,
                        null),
                DataPreparationTest::noDemo);
    }

    private static int line(Example example) {
        return Integer.parseInt(example.id().replaceAll("\\D", ""));
    }

    private Path questions(String name, int count) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"question\": \"Question " + i
                                + "?\", \"schema\": \"TABLE: t ( a )\", \"sql\": \"SELECT " + i + "\"}")
                        .collect(Collectors.joining("\n")));
    }

    private static DataPreparation preparation(DataSettings settings) {
        return new DataPreparation(settings, 5, DataPreparationTest::noDemo);
    }

    private static DataSettings settings(
            Path train,
            @Nullable Path validation,
            double split,
            @Nullable Integer maxTrain,
            @Nullable Integer maxEval) {
        return new DataSettings(
                Dataset.FILES,
                null,
                train,
                validation,
                null,
                PromptFormat.INST,
                SchemaFormat.TABLE,
                true,
                split,
                StratifyBy.AUTO,
                maxTrain,
                maxEval);
    }
}
