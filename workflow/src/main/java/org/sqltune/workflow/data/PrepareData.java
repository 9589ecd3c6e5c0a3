package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.PreparedFiles;
import org.sqltune.data.PreparedFiles.Written;
import org.sqltune.data.SchemaFiles;
import org.sqltune.data.chat.TextRow;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.source.TextRowsFile;
import org.sqltune.data.split.Splits;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Writes the training data of a run as files that any trainer reads. */
public final class PrepareData {
    private static final Logger log = LoggerFactory.getLogger(PrepareData.class);

    private final RunDataReader reader;
    private final PromptTemplates templates;

    /** @param workspace reads the data and creates the prompts of configurations */
    public PrepareData(Workspace workspace) {
        reader = workspace.data();
        templates = workspace.templates();
    }

    /** The form of the files' rows. */
    public enum Rows {
        /** Prompt and completion. */
        PROMPTS,
        /** Question, schema and SQL. */
        QUESTIONS
    }

    /**
     * A preparation request.
     *
     * @param config the configuration with data, prompt format and schema format
     * @param outputDir the output folder
     * @param rows the form of the rows; data that is already prompts stays prompts
     */
    public record Request(RunConfig config, Path outputDir, Rows rows) {
        /** The default output folder. */
        public static final Path DEFAULT_OUTPUT_DIR = Path.of("data", "processed");

        /** The default form of rows. */
        public static final Rows DEFAULT_ROWS = Rows.PROMPTS;

        /** Returns a request for prompts and completions in the default folder. */
        public static Request of(RunConfig config) {
            return new Request(config, DEFAULT_OUTPUT_DIR, DEFAULT_ROWS);
        }
    }

    /**
     * The written files.
     *
     * @param counts the row counts of each file read; empty if the data set doesn't count rows
     * @param files the files of non-empty parts
     * @param schemas number of written schemas
     * @param schemaIndex maps databases to their schema files; null if no schemas were written
     */
    public record Result(
            List<RowCount> counts,
            List<Written> files,
            int schemas,
            @Nullable Path schemaIndex) {
        public Result {
            counts = List.copyOf(counts);
            files = List.copyOf(files);
        }

        /** What was read and left out, and the files. */
        public Summary summary() {
            List<String> lines = new ArrayList<>();
            files.forEach(part -> lines.add(part.file() + ": " + part.rows() + " rows"));
            if (schemaIndex != null) {
                lines.add(schemaIndex + ": " + schemas + " schemas");
            }
            List<String> header = List.of("File", "Rows in", "Rows out", "Left out", "Reason");
            return new Summary(counts.isEmpty() ? List.of() : List.of(new ReportTable(header, counted())), lines);
        }

        /** A line a file, and one more for each further reason. */
        private List<List<String>> counted() {
            List<List<String>> lines = new ArrayList<>();
            for (RowCount count : counts) {
                List<String> file = List.of(count.file(), format(count.rowsIn()), format(count.rowsOut()));
                Map<String, Integer> rejects = count.rejects().isEmpty() ? Map.of("", 0) : count.rejects();
                for (Map.Entry<String, Integer> reject : rejects.entrySet()) {
                    List<String> line = new ArrayList<>(file);
                    line.addAll(List.of(format(reject.getValue()), reject.getKey()));
                    lines.add(line);
                    file = List.of("", "", "");
                }
            }
            return lines;
        }

        private static String format(int number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /**
     * Reads the data and writes the files. Logs remarks about the data.
     *
     * @param listener notified when the data is read, and when rows and schemas are written
     * @throws org.sqltune.core.SqlTuneException if the data can't be read or a file can't be written; existing files
     *     stay
     */
    public Result run(Request request, TaskListener listener) {
        return FolderLock.inside(request.outputDir(), "--output-dir").during(() -> prepare(request, listener));
    }

    private Result prepare(Request request, TaskListener listener) {
        ProgressListener progress = listener.began("Preparing");
        RunConfig config = request.config();
        Splits<Example> questions = reader.questions(config);
        if (questions == null) {
            return rows(reader.rows(config), request.outputDir(), progress);
        }
        questions.notes().forEach(log::info);
        progress.advanced(1, 3, "data read");
        List<Written> written = files(request).write(questions);
        progress.advanced(2, 3, "rows written");
        int schemas = new SchemaFiles(request.outputDir(), config.data().schemas()).write(questions);
        progress.advanced(3, 3, "schemas written");
        return new Result(
                questions.counts(),
                written,
                schemas,
                schemas == 0 ? null : request.outputDir().resolve("schema_index.json"));
    }

    private PreparedFiles files(Request request) {
        return request.rows() == Rows.PROMPTS
                ? PreparedFiles.ofPrompts(request.outputDir(), templates.of(request.config()))
                : PreparedFiles.ofQuestions(
                        request.outputDir(),
                        new SchemaSerializer(request.config().data()));
    }

    private static Result rows(Splits<TextRow> data, Path folder, ProgressListener progress) {
        data.notes().forEach(log::info);
        progress.advanced(1, 2, "data read");
        List<Written> written = new ArrayList<>();
        write(folder.resolve("train.jsonl"), data.train(), written);
        write(folder.resolve("validation.jsonl"), data.validation(), written);
        write(folder.resolve("test.jsonl"), data.test(), written);
        progress.advanced(2, 2, "rows written");
        return new Result(data.counts(), written, 0, null);
    }

    private static void write(Path file, List<TextRow> rows, List<Written> written) {
        if (!rows.isEmpty()) {
            TextRowsFile.write(file, rows);
            written.add(new Written(file, rows.size()));
        }
    }
}
