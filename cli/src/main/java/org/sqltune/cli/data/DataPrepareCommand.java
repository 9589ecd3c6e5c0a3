package org.sqltune.cli.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.workflow.data.PrepareData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data prepare}: writes what a run would train on, as files that any trainer reads. */
@Command(
        name = "prepare",
        description = "Writes train.jsonl, validation.jsonl and test.jsonl of prompts and completions, or of questions,"
                + " and the schemas. Says what became of every file's rows.",
        footer = {
            "  sqltune data prepare --config configs/spider/nano_lora.yaml data.path=spider --output-dir data/processed",
            "  sqltune data prepare data.dataset=bird data.path=dev.zip --rows questions",
            "  sqltune data prepare data.train_file=mine.csv data.columns.question=utterance data.columns.sql=query"
                    + " data.database=mine.sqlite"
        })
final class DataPrepareCommand extends DataUseCase implements Runnable {
    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = {"--base-model", "--model"},
            paramLabel = "MODEL",
            description = "Whose tokenizer counts where data.schema_max_tokens limits schemas (model.name).")
    private @Nullable String model;

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "For the files (default: ${DEFAULT-VALUE}).")
    private Path outputDir = PrepareData.Request.DEFAULT_OUTPUT_DIR;

    @Option(
            names = "--rows",
            paramLabel = "prompts|questions",
            description = "What a line is: prompt and completion, or question, schema and SQL (default: prompts).")
    private PrepareData.Rows rows = PrepareData.Request.DEFAULT_ROWS;

    PrepareData.Request request() {
        return new PrepareData.Request(options.load(model), outputDir, rows);
    }

    @Override
    public void run() {
        print(run(request(), new PrepareData(workspace())::run).summary());
    }
}
