package org.sqltune.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.DataSettings;
import org.sqltune.core.config.DataSettings.Dataset;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.DataPreparation;
import org.sqltune.data.PromptDataset;
import org.sqltune.data.demo.DemoSource;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.SampleValues;
import org.sqltune.data.source.JsonLinesSource;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.data.source.RowKind;
import org.sqltune.data.source.Splits;
import org.sqltune.training.TrainingPipeline.RunData;

/** Reads what a configuration's data section names, once, as prompts and as questions. */
final class RunDataReader {
    private final Path demoDatabases;

    /** @param demoDatabases folder of the demo databases' files; made if they are asked for */
    RunDataReader(Path demoDatabases) {
        this.demoDatabases = demoDatabases;
    }

    /** The data of a run: prompts to train on, and questions to score where the data has any. */
    RunData read(RunConfig config) {
        DataPreparation preparation = preparation(config);
        Path trainFile = config.data().trainFile();
        if (trainFile != null && RowKind.of(trainFile) == RowKind.PROMPT_COMPLETION) {
            return new RunData(preparation.prompts(), null, null);
        }
        Splits questions = sampled(preparation.examples(), config.data());
        return new RunData(PromptDataset.of(questions, preparation.template()), questions, databases(config.data()));
    }

    /** What {@code eval} scores: the test file or set, else the validation set, as many as asked for. */
    EvaluationSet readTest(RunConfig config) {
        Path testFile = config.data().testFile();
        if (testFile != null && RowKind.of(testFile) == RowKind.PROMPT_COMPLETION) {
            return new EvaluationSet(limited(PromptCompletionFile.read(testFile), config), null, null, List.of());
        }
        if (testFile != null) {
            return questions(JsonLinesSource.read(testFile), config, List.of());
        }
        RunData data = read(config);
        Splits splits = data.questions();
        if (splits == null) {
            return new EvaluationSet(
                    limited(data.prompts().validation(), config),
                    null,
                    null,
                    data.prompts().notes());
        }
        return questions(splits.test().isEmpty() ? splits.validation() : splits.test(), config, splits.notes());
    }

    private EvaluationSet questions(List<Example> all, RunConfig config, List<String> notes) {
        List<Example> chosen = sampled(limited(all, config), config.data());
        PromptTemplate template = PromptTemplate.of(config.data());
        List<PromptCompletion> prompts = PromptDataset.of(new Splits(List.of(), List.of(), chosen, List.of()), template)
                .test();
        return new EvaluationSet(prompts, chosen, databases(config.data()), notes);
    }

    private Splits sampled(Splits splits, DataSettings data) {
        return new Splits(
                sampled(splits.train(), data),
                sampled(splits.validation(), data),
                sampled(splits.test(), data),
                splits.notes());
    }

    /** With values from the databases, where schemas are to show some. */
    private List<Example> sampled(List<Example> examples, DataSettings data) {
        Integer values = data.schemas().schemaSampleValues();
        DatabaseFolder databases = databases(data);
        return values == null || values == 0 || databases == null
                ? examples
                : new SampleValues(values).in(examples, databases);
    }

    private static <T> List<T> limited(List<T> all, RunConfig config) {
        if (all.isEmpty()) {
            throw new SqlTuneException("There is nothing to score: name a file with --data, or a data set that has a"
                    + " test or validation part");
        }
        Integer limit = config.evaluation().maxSamples();
        return limit == null ? all : all.subList(0, Math.min(limit, all.size()));
    }

    private DataPreparation preparation(RunConfig config) {
        long seed = config.training().seed();
        return new DataPreparation(config.data(), seed, () -> new DemoSource(demoDatabases, seed));
    }

    /** Where the data set keeps its databases; null if it has none. */
    @Nullable
    DatabaseFolder databases(DataSettings data) {
        if (data.dataset() == Dataset.DEMO) {
            return new DatabaseFolder(demoDatabases);
        }
        Path path = data.path();
        if (data.dataset() == Dataset.SPIDER && path != null) {
            return new DatabaseFolder(path.resolve("database"));
        }
        return null;
    }
}
