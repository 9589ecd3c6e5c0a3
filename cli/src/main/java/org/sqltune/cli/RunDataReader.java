package org.sqltune.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.DataSettings;
import org.sqltune.core.config.DataSettings.Dataset;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.DataPreparation;
import org.sqltune.data.PromptDataset;
import org.sqltune.data.demo.DemoSource;
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
        Splits questions = preparation.examples();
        return new RunData(PromptDataset.of(questions, preparation.template()), questions, databases(config.data()));
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
