package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.synthesis.pretraining.PretrainingStage;
import org.sqltune.workflow.data.WriteCorpus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data corpus}: questions over invented schemas, to train a small model from scratch. */
@Command(
        name = "corpus",
        description = "Writes questions with SQL over invented schemas, as prompt/completion JSONL, to train a small"
                + " model from scratch.",
        footer = "  sqltune data corpus --examples 145000 --output corpus.jsonl")
final class DataCorpusCommand extends DataUseCase implements Runnable {
    @Option(names = "--examples", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private long examples = WriteCorpus.Request.DEFAULT_EXAMPLES;

    @Option(names = "--questions-per-schema", paramLabel = "N", description = "Each (default: ${DEFAULT-VALUE}).")
    private int questionsPerSchema = WriteCorpus.Request.DEFAULT_QUESTIONS_PER_SCHEMA;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "One of ${COMPLETION-CANDIDATES} throughout (default: from easy to hard).")
    private @Nullable PretrainingStage stage;

    @Option(
            names = "--borrow",
            paramLabel = "FILE",
            description = "Prompt/completion JSONL in the form inst to mix in after the first 36,000, such as Spider's"
                    + " training part from: sqltune data prepare.")
    private @Nullable Path borrowed;

    @Option(names = "--natural", paramLabel = "FOLDER", description = "Questions of people, mixed in as often.")
    private List<Path> natural = List.of();

    @Option(names = "--exclude", paramLabel = "FILE", description = "Rows whose questions are left out.")
    private List<Path> excluded = List.of();

    @Option(names = "--held-out", paramLabel = "FILE", description = "Where a fortieth of their databases goes.")
    private @Nullable Path heldOut;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed = WriteCorpus.Request.DEFAULT_SEED;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where they go.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    WriteCorpus.Request request() {
        return new WriteCorpus.Request(
                output, examples, questionsPerSchema, stage, borrowed, natural, excluded, heldOut, seed);
    }

    @Override
    public void run() {
        print(run(request(), new WriteCorpus()::run).file());
    }
}
