package org.sqltune.workflow.answer;

import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.inference.BatchInference;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.session.InteractiveSession;
import org.sqltune.synthesis.demo.DemoQuestions;
import org.sqltune.workflow.ModelPrompts;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** A loaded model that answers, until it is closed. For one thread at a time. */
public final class Answers implements AutoCloseable {
    private static final int EXAMPLES = 5;

    private final TextToSql model;
    private final AnswerRequest request;
    private final ModelPrompts prompts;
    private final Map<String, Optional<SchemaContent>> schemas = new HashMap<>();
    private final RunConfig config;
    private final @Nullable NamedDatabase database;
    private final @Nullable SchemaContent schema;
    private final Workspace workspace;
    private final TaskListener listener;

    Answers(
            TextToSql model,
            AnswerRequest request,
            ModelPrompts prompts,
            RunConfig config,
            @Nullable NamedDatabase database,
            @Nullable SchemaContent schema,
            Workspace workspace,
            TaskListener listener) {
        this.model = model;
        this.request = request;
        this.prompts = prompts;
        this.config = config;
        this.database = database;
        this.schema = schema;
        this.workspace = workspace;
        this.listener = listener;
    }

    /**
     * An answered question.
     *
     * @param question what was asked, of which database
     * @param answer its SQL
     */
    public record Answered(SqlQuestion question, SqlPrediction answer) {}

    /** Which adapters there are, and which one answers. */
    public TextToSql model() {
        return model;
    }

    /**
     * The SQL for one question.
     *
     * @throws org.sqltune.core.config.ConfigException if the request named no tables
     */
    public String answer(String question) {
        return model.answer(question, tables());
    }

    /**
     * Runs a query on the database, read-only and within the configuration's limits of time and rows.
     *
     * @throws org.sqltune.core.config.ConfigException if the request named no database
     * @throws org.sqltune.core.sql.SqlExecutionException if the query fails, or is none
     */
    public QueryResult execute(String sql) {
        try (QueryDatabases.Session session = requireDatabase().queries().open(limits(), 1)) {
            return session.database("").execute(sql);
        }
    }

    /**
     * Answers a file of questions; those without a schema ask the tables of the request.
     *
     * @param questions as {@link BatchInference#run(Path, Path, org.sqltune.core.progress.ProgressListener)} takes them
     * @param output where the answers go
     */
    public List<SqlPrediction> answerFile(Path questions, Path output) {
        return batch().run(questions, output, listener.began("Answering"));
    }

    /** As {@link #answerFile(Path, Path)}, with the answers written to {@code output}, which stays open. */
    public List<SqlPrediction> answerFile(Path questions, Writer output) {
        return batch().run(questions, output, listener.began("Answering"));
    }

    /** Hand-written questions of every demo database, answered. */
    public List<Answered> answerExamples() {
        workspace.demo().materialise();
        List<Example> all = DemoQuestions.of(workspace.demo());
        List<SqlQuestion> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i += all.size() / EXAMPLES) {
            chosen.add(all.get(i).toQuestion());
        }
        List<SqlPrediction> answers = model.predictor().predict(chosen, listener.began("Answering"));
        return IntStream.range(0, chosen.size())
                .mapToObj(i -> new Answered(chosen.get(i), answers.get(i)))
                .toList();
    }

    /**
     * Answers on a terminal what is typed there.
     *
     * @return 0; with piped input 1 if a line of it failed
     * @throws org.sqltune.core.config.ConfigException if the request named no database
     */
    public int converse(Terminal terminal) {
        NamedDatabase asked = requireDatabase();
        if (!(tables() instanceof Schema read)) {
            throw new IllegalStateException("A database's schema is read, not written");
        }
        return new InteractiveSession(
                        model.predictor(),
                        model.adapters(),
                        read,
                        asked.queries(),
                        limits(),
                        terminal,
                        workspace.history())
                .run();
    }

    private BatchInference batch() {
        return new BatchInference(model.predictor(), model.adapters(), this::schemaOf);
    }

    /** Of a folder of databases, each row names its own. */
    private Optional<SchemaContent> schemaOf(String databaseId) {
        return database != null && database.kind() == Kind.FOLDER
                ? schemas.computeIfAbsent(
                        databaseId,
                        id -> database.schema(id, prompts.sampleValues()).map(SchemaContent.class::cast))
                : Optional.ofNullable(schema);
    }

    private QueryLimits limits() {
        EvaluationSettings limits = config.evaluation();
        return QueryLimits.DEFAULTS.with(limits.timeoutSeconds(), limits.maxRows());
    }

    private SchemaContent tables() {
        request.requireTables();
        if (database != null) {
            database.requireOne();
        }
        return Objects.requireNonNull(schema, "follows from the request");
    }

    private NamedDatabase requireDatabase() {
        request.requireDatabase();
        return Objects.requireNonNull(database, "follows from the request").requireOne();
    }

    @Override
    public void close() {
        model.close();
    }
}
