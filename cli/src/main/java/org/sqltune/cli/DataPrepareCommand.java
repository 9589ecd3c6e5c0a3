package org.sqltune.cli;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.PromptDataset;
import org.sqltune.data.source.PromptCompletionFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data prepare}: writes what a run would train on, as files that any trainer reads. */
@Command(
        name = "prepare",
        description = "Writes train.jsonl, validation.jsonl and test.jsonl of prompts and completions.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune data prepare --config configs/spider/nano_lora.yaml --output-dir data/processed")
final class DataPrepareCommand implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DataPrepareCommand.class);

    private final Console console;
    private final RunDataReader reader;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where the files go (default: ${DEFAULT-VALUE}).",
            defaultValue = "data/processed")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path outputDir;

    DataPrepareCommand(Console console, RunDataReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override
    public void run() {
        PromptDataset data = reader.read(options.load()).prompts();
        data.notes().forEach(log::info);
        write("train", data.train());
        write("validation", data.validation());
        write("test", data.test());
    }

    private void write(String part, List<PromptCompletion> rows) {
        if (!rows.isEmpty()) {
            Path file = outputDir.resolve(part + ".jsonl");
            PromptCompletionFile.write(file, rows);
            console.out().println(file + ": " + rows.size() + " rows");
        }
    }
}
