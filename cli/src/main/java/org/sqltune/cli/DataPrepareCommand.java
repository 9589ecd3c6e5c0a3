package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.PreparedFiles;
import org.sqltune.data.SchemaFiles;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.data.split.Splits;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data prepare}: writes what a run would train on, as files that any trainer reads. */
@Command(
        name = "prepare",
        description =
                "Writes train.jsonl, validation.jsonl and test.jsonl of prompts and completions, or of questions, and"
                        + " the schemas. Says what became of every file's rows.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune data prepare --config configs/spider/nano_lora.yaml --output-dir data/processed",
            "  sqltune data prepare data.dataset=bird data.path=dev.zip --rows questions",
            "  sqltune data prepare data.train_file=mine.csv data.columns.question=utterance data.columns.sql=query"
                    + " data.database=mine.sqlite"
        })
final class DataPrepareCommand implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DataPrepareCommand.class);

    private final Console console;
    private final RunDataReader reader;
    private final PromptTemplates templates;

    /** What a line of the files is. */
    enum Rows {
        /** Prompt and completion. */
        PROMPTS,
        /** Question, schema and SQL. */
        QUESTIONS
    }

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where the files go (default: ${DEFAULT-VALUE}).",
            defaultValue = "data/processed")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path outputDir;

    @Option(
            names = "--rows",
            paramLabel = "prompts|questions",
            description = "What a line is: prompt and completion, or question, schema and SQL (default: prompts).")
    private Rows rows = Rows.PROMPTS;

    DataPrepareCommand(Console console, RunDataReader reader, PromptTemplates templates) {
        this.console = console;
        this.reader = reader;
        this.templates = templates;
    }

    @Override
    public void run() {
        RunConfig config = options.load();
        Splits<Example> questions = reader.questions(config);
        if (questions == null) {
            Splits<PromptCompletion> data = reader.read(config).prompts();
            data.notes().forEach(log::info);
            write("train", data.train());
            write("validation", data.validation());
            write("test", data.test());
            return;
        }
        questions.notes().forEach(log::info);
        if (!questions.counts().isEmpty()) {
            console.out()
                    .println(Tables.draw(
                            List.of("File", "Rows in", "Rows out", "Left out", "Reason"), counted(questions.counts())));
        }
        files(config).write(questions).forEach(written -> print(written.file(), written.rows()));
        int schemas = new SchemaFiles(outputDir).write(questions);
        if (schemas > 0) {
            console.out().println(outputDir.resolve("schema_index.json") + ": " + schemas + " schemas");
        }
    }

    private PreparedFiles files(RunConfig config) {
        return rows == Rows.PROMPTS
                ? PreparedFiles.ofPrompts(outputDir, templates.of(config))
                : PreparedFiles.ofQuestions(outputDir, new SchemaSerializer(config.data()));
    }

    /** A line a file, and one more for each further reason. */
    private static List<List<String>> counted(List<RowCount> counts) {
        List<List<String>> lines = new ArrayList<>();
        for (RowCount count : counts) {
            String in = number(count.rowsIn());
            String out = number(count.rowsOut());
            if (count.rejects().isEmpty()) {
                lines.add(List.of(count.file(), in, out, "0", ""));
            }
            boolean first = true;
            for (Map.Entry<String, Integer> reject : count.rejects().entrySet()) {
                lines.add(List.of(
                        first ? count.file() : "",
                        first ? in : "",
                        first ? out : "",
                        number(reject.getValue()),
                        reject.getKey()));
                first = false;
            }
        }
        return lines;
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private void write(String part, List<PromptCompletion> prompts) {
        if (!prompts.isEmpty()) {
            Path file = outputDir.resolve(part + ".jsonl");
            PromptCompletionFile.write(file, prompts);
            print(file, prompts.size());
        }
    }

    private void print(Path file, int count) {
        console.out().println(file + ": " + count + " rows");
    }
}
