package org.sqltune.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.inference.BatchInference;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.session.InteractiveSession;
import org.sqltune.synthesis.demo.DemoQuestions;
import org.sqltune.workflow.Databases;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sqltune infer}: questions to SQL. */
@Command(
        name = "infer",
        description = "Answers questions with SQL: one, a file of them, a few examples, or as you type.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune infer --adapter-path outputs/demo/final_model --db ecommerce --question 'How many orders are there?'",
            "  sqltune infer --adapter-path outputs/demo/final_model --db shop.sqlite --interactive",
            "  sqltune infer --question 'Who earns most?' --schema 'TABLE: staff ( name (text), salary (real) )'",
            "  sqltune infer --questions questions.jsonl --output answers.jsonl"
        })
final class InferCommand implements Callable<Integer> {
    private static final int EXAMPLES = 5;

    private final Console console;
    private final Workspace workspace;

    @Mixin
    private InferOptions options = new InferOptions();

    InferCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        RunConfig config = options.load();
        Path questions = options.questions();
        String question = options.question();
        if (question != null) {
            answerOne(config, question, requireSchema(config));
        } else if (questions != null) {
            answerFile(config, questions, schema(config));
        } else if (options.interactive()) {
            return converse(config, requireFile());
        } else {
            answerExamples(config);
        }
        return ExitCodes.DONE;
    }

    private void answerOne(RunConfig config, String question, SchemaContent schema) {
        try (TextToSql model = load(config)) {
            console.out().println(model.answer(question, schema));
        }
    }

    private void answerFile(RunConfig config, Path questions, @Nullable SchemaContent schema) {
        try (TextToSql model = load(config);
                TaskProgress progress = console.progress("Answering")) {
            BatchInference batch = new BatchInference(model.predictor(), model.adapters(), schema);
            Path output = options.output();
            if (output == null) {
                batch.run(questions, new PrintWriter(console.out(), false, StandardCharsets.UTF_8), progress);
            } else {
                batch.run(questions, output, progress);
            }
        }
    }

    private int converse(RunConfig config, Path database) {
        EvaluationSettings limits = config.evaluation();
        try (TextToSql model = load(config);
                Terminal terminal = InteractiveSession.systemTerminal()) {
            return new InteractiveSession(
                            model.predictor(),
                            model.adapters(),
                            database,
                            QueryLimits.DEFAULTS.with(limits.timeoutSeconds(), limits.maxRows()),
                            terminal,
                            workspace.history())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hand-written questions of every demo database, each as a comment above its answer. */
    private void answerExamples(RunConfig config) {
        workspace.demo().materialise();
        List<Example> all = DemoQuestions.of(workspace.demo());
        List<SqlQuestion> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i += all.size() / EXAMPLES) {
            chosen.add(all.get(i).toQuestion());
        }
        List<SqlPrediction> answers = answers(config, chosen);
        for (int i = 0; i < chosen.size(); i++) {
            console.out()
                    .println("-- " + chosen.get(i).databaseId() + ": "
                            + chosen.get(i).question());
            console.out().println(answers.get(i).sql() + ";");
        }
    }

    private List<SqlPrediction> answers(RunConfig config, List<SqlQuestion> questions) {
        try (TextToSql model = load(config);
                TaskProgress progress = console.progress("Answering")) {
            return model.predictor().predict(questions, progress);
        }
    }

    private TextToSql load(RunConfig config) {
        @Nullable Path adapter = options.adapterPath();
        TextToSql model = TextToSql.load(
                workspace.loader(),
                config.model(),
                adapter,
                workspace.templates().of(config),
                config.inference());
        try {
            options.adapters().forEach(model::addAdapter);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private @Nullable SchemaContent schema(RunConfig config) {
        String database = options.database();
        if (database != null) {
            Integer samples = config.data().schemas().schemaSampleValues();
            return named(database).schema(samples == null ? 0 : samples);
        }
        String schema = options.schema();
        return schema == null ? null : new VerbatimSchema(textOf(schema));
    }

    private SchemaContent requireSchema(RunConfig config) {
        SchemaContent content = schema(config);
        if (content == null) {
            throw new ConfigException("infer", List.of(noDatabase() + ", or --schema TEXT"));
        }
        return content;
    }

    private Path requireFile() {
        String database = options.database();
        if (database == null) {
            throw new ConfigException("infer", List.of(noDatabase()));
        }
        return Path.of(named(database).location());
    }

    private NamedDatabase named(String database) {
        return workspace.databases().named("--db", database);
    }

    private static String noDatabase() {
        return "which tables? Give --db " + Databases.forms();
    }

    private static String textOf(String textOrFile) {
        try {
            Path file = Path.of(textOrFile);
            return Files.isRegularFile(file) ? Files.readString(file) : textOrFile;
        } catch (InvalidPathException e) {
            return textOrFile;
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the schema " + textOrFile + ": " + e + ". Save it as UTF-8 text", e);
        }
    }
}
