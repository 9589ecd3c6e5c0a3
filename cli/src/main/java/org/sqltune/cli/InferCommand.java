package org.sqltune.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.BatchInference;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.session.InteractiveSession;
import org.sqltune.model.ModelLoader;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.synthesis.demo.DemoQuestions;
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
    private final ModelLoader loader;
    private final PromptTemplates templates;
    private final DemoDatabases demo;
    private final Path history;

    @Mixin
    private InferOptions options = new InferOptions();

    InferCommand(Console console, ModelLoader loader, PromptTemplates templates, DemoDatabases demo, Path history) {
        this.console = console;
        this.loader = loader;
        this.templates = templates;
        this.demo = demo;
        this.history = history;
    }

    @Override
    public Integer call() {
        RunConfig config = options.load();
        DatabaseChoice database = new DatabaseChoice(
                options.schema(),
                options.database(),
                demo,
                config.data().schemas().schemaSampleValues());
        Path questions = options.questions();
        String question = options.question();
        if (question != null) {
            answerOne(config, question, database.requireSchema());
        } else if (questions != null) {
            answerFile(config, questions, database.schema());
        } else if (options.interactive()) {
            return converse(config, database.requireFile());
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
                            model.schema(database.toString()),
                            database,
                            QueryLimits.DEFAULTS.with(limits.timeoutSeconds(), limits.maxRows()),
                            terminal,
                            history)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hand-written questions of every demo database, each as a comment above its answer. */
    private void answerExamples(RunConfig config) {
        demo.materialise();
        List<Example> all = DemoQuestions.of(demo);
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
        TextToSql model = TextToSql.load(loader, config.model(), adapter, PromptContract.of(config.data()), config.inference());
        try {
            options.adapters().forEach(model::addAdapter);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
