package org.sqltune.cli.infer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ConfigOptions;
import org.sqltune.cli.console.TrainedModelOptions;
import org.sqltune.core.config.ConfigException;
import org.sqltune.workflow.answer.AnswerRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code infer} can be told. */
final class InferOptions {
    @Mixin
    private TrainedModelOptions model = new TrainedModelOptions();

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the arguments
    Task task;

    @Option(
            names = "--adapter",
            paramLabel = "NAME=FOLDER",
            description = "Another adapter over the same base, any number of them. A row of --questions with"
                    + " \"adapter\": \"NAME\" is answered by it, and \\adapter NAME switches to it while you type.")
    private Map<String, Path> adapters = new LinkedHashMap<>();

    @ArgGroup(exclusive = true)
    private @Nullable SchemaChoice schemaChoice;

    @Option(names = "--output", paramLabel = "FILE", description = "Where the answers to --questions go, as JSONL.")
    @Nullable
    Path output;

    @Option(
            names = "--print-prompt",
            description = "Print what the model would be asked, byte for byte, instead of asking it: for --question"
                    + " the prompt alone, for --questions JSONL of {id, prompt}.")
    private boolean printsPrompt;

    @Option(names = "--explain", description = "Also say in words what the SQL does, on standard error or in each row.")
    private boolean explains;

    @Option(names = "--temperature", paramLabel = "T", description = "0 for greedy decoding (inference.temperature).")
    private @Nullable String temperature;

    @Option(names = "--top-p", paramLabel = "P", description = "Nucleus sampling (inference.top_p).")
    private @Nullable String topP;

    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Longest answer (inference.max_new_tokens).")
    private @Nullable String maxNewTokens;

    /** One of the four ways to ask. */
    static final class Task {
        @Option(
                names = {"-q", "--question"},
                paramLabel = "TEXT",
                description = "Answer one question.")
        @Nullable
        String question;

        @Option(
                names = "--questions",
                paramLabel = "FILE",
                description = "Answer a JSONL file of {question} or {question, schema}.")
        @Nullable
        Path questions;

        @Option(names = "--examples", description = "Answer a few questions over the demo databases.")
        boolean examples;

        @Option(
                names = {"-i", "--interactive"},
                description = "Ask and see the rows, question by question.")
        boolean interactive;
    }

    /** Where the tables come from. */
    static final class SchemaChoice {
        @Option(
                names = "--schema",
                paramLabel = "TEXT|FILE",
                description = "The tables, as TABLE: name ( column (type), … ) or CREATE TABLE statements.")
        private @Nullable String schema;

        @Option(
                names = "--db",
                paramLabel = "DATABASE",
                description = "The database to ask: an SQLite file, a folder of them, a JDBC URL, or a demo"
                        + " database (ecommerce, finance, healthcare, retail, saas), as in data.database.")
        private @Nullable String database;
    }

    /**
     * Whether prompts are printed instead of answers.
     *
     * @throws ConfigException if there would be none to print
     */
    boolean printsPrompt() {
        if (printsPrompt && task.question == null && task.questions == null) {
            throw new ConfigException(
                    "infer", List.of("--print-prompt shows what a question becomes: give --question or --questions"));
        }
        return printsPrompt;
    }

    /** The model and the tables. */
    AnswerRequest request() {
        List<String> own = new ArrayList<>();
        ConfigOptions.addIfGiven(own, "inference.temperature", temperature);
        ConfigOptions.addIfGiven(own, "inference.top_p", topP);
        ConfigOptions.addIfGiven(own, "inference.max_new_tokens", maxNewTokens);
        return new AnswerRequest(
                        model.request(own),
                        adapters,
                        schemaChoice == null ? null : schemaChoice.database,
                        schemaChoice == null ? null : schemaChoice.schema,
                        explains)
                .forTask(task.questions, output, task.examples, task.question != null);
    }
}
