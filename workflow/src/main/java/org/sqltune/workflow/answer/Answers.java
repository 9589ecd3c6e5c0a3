package org.sqltune.workflow.answer;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.explain.QueryExplanation;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.core.text.Failures;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.BatchInference;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.inference.session.InteractiveSession;
import org.sqltune.inference.session.ServedSession;
import org.sqltune.inference.session.StoppableQueries;
import org.sqltune.synthesis.demo.DemoQuestions;
import org.sqltune.workflow.EmptyAnswers;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/**
 * A loaded model that answers questions until it is closed. Thread-safe; concurrent calls are answered one after the
 * other.
 */
public final class Answers implements AutoCloseable {
    private static final int EXAMPLES = 5;

    private final TextToSql model;
    private final AskedTables tables;
    private final RunConfig config;
    private final Workspace workspace;
    private final TaskListener listener;

    Answers(TextToSql model, AskedTables tables, RunConfig config, Workspace workspace, TaskListener listener) {
        this.model = model;
        this.tables = tables;
        this.config = config;
        this.workspace = workspace;
        this.listener = listener;
    }

    /**
     * An answered question.
     *
     * @param question the question and its database
     * @param answer its SQL
     */
    public record Answered(SqlQuestion question, SqlPrediction answer) {}

    /** Returns the model, which lists and selects adapters. */
    public TextToSql model() {
        return model;
    }

    /**
     * Returns the SQL for one question.
     *
     * @throws org.sqltune.core.config.ConfigException if the request named no tables
     */
    public String answer(String question) {
        return predict(question).sql();
    }

    /**
     * Like {@link #answer(String)}, and also returns the token count, the time, and whether the answer is complete.
     *
     * @throws org.sqltune.core.config.ConfigException if the request named no tables
     */
    public SqlPrediction predict(String question) {
        SqlPrediction answer = model.answer(ModelPrompts.question("1", question, tables.one()));
        EmptyAnswers.tell(List.of(answer.sql()));
        return answer;
    }

    /**
     * Returns lines on answers: what a single one does, if the request asks for that, and how many were cut off at the
     * token limit.
     */
    public List<String> remarks(List<SqlPrediction> answers) {
        List<String> remarks = new ArrayList<>();
        if (tables.explained() && answers.size() == 1) {
            Schema schema = tables.of("").orElse(null) instanceof Schema known ? known : null;
            remarks.addAll(QueryExplanation.of(answers.get(0).sql(), schema));
        }
        remarks.addAll(cut(answers));
        return remarks;
    }

    private List<String> cut(List<SqlPrediction> answers) {
        long cut = answers.stream().filter(SqlPrediction::cut).count();
        String which = answers.size() == 1 ? "The answer is" : cut + " of " + answers.size() + " answers are";
        int limit = config.inference().maxNewTokens();
        return cut == 0 ? List.of() : List.of(which + " cut at inference.max_new_tokens " + limit + ": raise it");
    }

    /**
     * Runs a query on the database, read-only and within the configuration's limits of time and rows.
     *
     * @throws org.sqltune.core.config.ConfigException if the request named no database
     * @throws org.sqltune.core.sql.SqlExecutionException if the SQL fails or isn't a query
     * @throws org.sqltune.core.thread.InterruptedWorkException if the thread is interrupted, which stops the query
     */
    public QueryResult execute(String sql) {
        try (StoppableQueries queries = new StoppableQueries(tables.database().queries(), "", limits())) {
            return queries.execute(sql);
        }
    }

    /**
     * Answers a file of questions; questions without a schema use the request's tables.
     *
     * @param questions the questions file, see {@link BatchInference}
     * @param output the answers file; null to write to {@code otherwise}
     * @param otherwise is flushed, not closed
     * @throws org.sqltune.core.config.ConfigException if another process writes {@code output}
     */
    public List<SqlPrediction> answerFile(Path questions, @Nullable Path output, Writer otherwise) {
        return FolderLock.whileWriting(output, "--output", () -> answered(questions, output, otherwise));
    }

    private List<SqlPrediction> answered(Path questions, @Nullable Path output, Writer otherwise) {
        AdapterSwitch adapters = model.ownAdapters();
        BatchInference plain = new BatchInference(model.predictor(adapters), adapters, tables::of);
        BatchInference batch = tables.explained() ? plain.explained() : plain;
        ProgressListener progress = listener.began("Answering");
        List<SqlPrediction> answers =
                output == null ? batch.run(questions, otherwise, progress) : batch.run(questions, output, progress);
        EmptyAnswers.tell(answers.stream().map(SqlPrediction::sql).toList());
        return answers;
    }

    /** Answers hand-written questions about every demo database. */
    public List<Answered> answerExamples() {
        workspace.demo().materialise();
        List<Example> all = DemoQuestions.of(workspace.demo());
        model.runOn(new SqliteDatabases(new DatabaseFolder(workspace.demo().folder())), limits());
        all.forEach(each -> model.know(
                (Schema) each.schema(), workspace.demo().file(each.databaseId()).toString()));
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
     * Runs an interactive session on a terminal.
     *
     * @return 0; with piped input 1 if a line failed
     * @throws org.sqltune.core.config.ConfigException if the request named no database
     */
    public int converse(Terminal terminal) {
        NamedDatabase asked = tables.database();
        if (!(tables.one() instanceof Schema read)) {
            throw new IllegalStateException("A database's schema is read, not written");
        }
        return new InteractiveSession(session(), read, asked.queries(), limits(), terminal, workspace.history())
                .explaining(tables.explained())
                .run();
    }

    /** As {@link #converse(Terminal)}, on this process's own terminal. */
    public int converse() {
        try (Terminal terminal = InteractiveSession.systemTerminal()) {
            return converse(terminal);
        } catch (IOException e) {
            throw new SqlTuneException("The terminal failed: " + Failures.reason(e), e);
        }
    }

    private ServedSession session() {
        AdapterSwitch adapters = model.ownAdapters();
        return new ServedSession(
                model.service(),
                adapters,
                model.decoding(),
                model.constraint(),
                (decoding, n) -> model.predictor(adapters, decoding, n),
                model.n());
    }

    private QueryLimits limits() {
        return limits(config);
    }

    static QueryLimits limits(RunConfig config) {
        EvaluationSettings limits = config.evaluation();
        return QueryLimits.DEFAULTS.with(limits.timeoutSeconds(), limits.maxRows());
    }

    @Override
    public void close() {
        model.close();
    }
}
