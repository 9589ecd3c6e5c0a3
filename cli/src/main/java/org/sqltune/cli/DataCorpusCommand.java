package org.sqltune.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.synthesis.pretraining.PretrainingCorpus;
import org.sqltune.synthesis.pretraining.PretrainingCurriculum;
import org.sqltune.synthesis.pretraining.PretrainingSettings;
import org.sqltune.synthesis.pretraining.PretrainingStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data corpus}: questions over invented schemas, to train a small model from scratch. */
@Command(
        name = "corpus",
        description =
                "Writes questions with SQL over invented schemas, as prompt/completion JSONL, to train a small model"
                        + " from scratch.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune data corpus --examples 145000 --output corpus.jsonl")
final class DataCorpusCommand implements Runnable {
    private final Console console;

    @Option(names = "--examples", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private long examples = 100_000;

    @Option(
            names = "--questions-per-schema",
            paramLabel = "N",
            description = "Questions that share one schema (default: ${DEFAULT-VALUE}).")
    private int questionsPerSchema = 12;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "One of ${COMPLETION-CANDIDATES} throughout (default: from easy to hard).")
    private @Nullable PretrainingStage stage;

    @Option(
            names = "--borrow",
            paramLabel = "FILE",
            description = "Prompt/completion JSONL in the form inst to mix under the generated questions, such as"
                    + " Spider's training part from: sqltune data prepare.")
    private @Nullable Path borrowed;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where they go.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    DataCorpusCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        PretrainingCurriculum curriculum =
                stage == null ? PretrainingCurriculum.standard() : PretrainingCurriculum.only(stage);
        PretrainingSettings settings = new PretrainingSettings(curriculum, examples, questionsPerSchema, seed);
        List<PromptCompletion> others = borrowed == null ? List.of() : PromptCompletionFile.read(borrowed);
        new PretrainingCorpus(settings, others).writeTo(output);
        console.out().println(output);
    }
}
