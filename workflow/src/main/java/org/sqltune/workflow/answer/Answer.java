package org.sqltune.workflow.answer;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.data.knowledge.KnowledgeBase;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/**
 * Loads a model for answering questions with the prompts of its training; or returns these prompts without loading
 * it.
 */
public final class Answer {
    private static final Logger log = LoggerFactory.getLogger(Answer.class);

    private final Workspace workspace;

    /** @param workspace finds models and databases */
    public Answer(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Loads a model, after checking everything that the request names.
     *
     * @param request the model and the tables
     * @param listener receives the progress of loading the model and of answering files of questions
     * @throws ConfigException if something that the request names doesn't exist
     * @throws SqlTuneException if the model can't be loaded or the database can't be read
     */
    public Answers open(AnswerRequest request, TaskListener listener) {
        Asked asked = look(request);
        RunConfig config = asked.config();
        TextToSql model = model(request, asked, listener);
        try {
            request.adapters().forEach(model::addAdapter);
            asked.tables().queries().ifPresent(queries -> model.runOn(queries, Answers.limits(config)));
            return new Answers(model, asked.tables(), config, workspace, listener);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Elsewhere, the adapter's folder only says how the model is asked: it is served as one model. */
    private TextToSql model(AnswerRequest request, Asked asked, TaskListener listener) {
        RunConfig config = asked.config();
        if (!config.inference().runtime().isNative()) {
            return workspace.runtimes().open(config, asked.prompts());
        }
        listener.began("Loading " + config.model().name());
        return TextToSql.load(
                workspace.loader(), config.model(), request.model().adapter(), asked.prompts(), config.inference());
    }

    /** Like {@link #open(AnswerRequest, TaskListener)}, without a listener. */
    public Answers open(AnswerRequest request) {
        return open(request, TaskListener.NONE);
    }

    /**
     * Checks before a model is loaded that the request allows a single question.
     *
     * @throws ConfigException if the request names neither a schema nor a single existing database
     */
    public void requireTables(AnswerRequest request) {
        request.requireTables();
        if (request.schema() == null) {
            requireDatabase(request);
        }
    }

    /**
     * Checks before a model is loaded that queries can be run.
     *
     * @throws ConfigException if the request doesn't name a single existing database
     */
    public void requireDatabase(AnswerRequest request) {
        String named = Objects.requireNonNull(request.requireDatabase().database(), "checked before");
        workspace.databases().named("--db", named).requireOne();
    }

    /**
     * Returns the exact prompts of the model, without loading its weights.
     *
     * @throws ConfigException if something that the request names doesn't exist
     * @throws SqlTuneException if the database or the model's {@code sqltune.json} can't be read
     */
    public AnswerPrompts prompts(AnswerRequest request) {
        Asked asked = look(request);
        return new AnswerPrompts(request, asked.prompts(), asked.tables());
    }

    /**
     * The resolved parts of a request.
     *
     * @param config the configuration with the model's prompts
     * @param prompts the model's prompts
     * @param tables the tables to ask about
     */
    private record Asked(RunConfig config, ModelPrompts prompts, AskedTables tables) {}

    private static void tellOfWhatOnlySamples(List<String> overrides) {
        Stream.of("top_p", "top_k", "min_p", "seed")
                .map(key -> "inference." + key)
                .filter(key -> overrides.stream().anyMatch(each -> each.startsWith(key + "=")))
                .forEach(key ->
                        log.warn("{} has no effect with temperature 0, which takes the most probable token", key));
    }

    private Asked look(AnswerRequest request) {
        // The run's data isn't read, since its training files may be gone.
        RunConfig given = request.model().load(new RunConfigLoader(path -> true), ConfigSource.demo());
        NamedPaths paths = new NamedPaths();
        request.adapters().forEach((name, folder) -> paths.folder("--adapter " + name, folder));
        paths.check();
        ContractResolution found = workspace.templates().resolve(given, request.model());
        found.tell(log);
        RunConfig config = PromptTemplates.asTrained(given, found);
        if (config.inference().decoding().temperature() == 0) {
            tellOfWhatOnlySamples(request.model().run().overrides());
        }
        ModelPrompts prompts = workspace.templates().prompts(config);
        request.adapters().forEach(prompts::add);
        String named = request.database();
        NamedDatabase database = named == null ? null : workspace.databases().named("--db", named);
        SchemaContent schema = schema(request, database, prompts);
        boolean typed = request.model().run().overrides().stream().anyMatch(each -> each.startsWith("data.glossary="));
        if (typed && schema instanceof Schema tables) {
            new KnowledgeBase(given.data().knowledge()).glossary().check(List.of(tables));
        }
        return new Asked(config, prompts, new AskedTables(request, prompts, database, schema));
    }

    private static @Nullable SchemaContent schema(
            AnswerRequest request, @Nullable NamedDatabase database, ModelPrompts prompts) {
        if (database != null) {
            // With a folder, each row of a questions file names its own database.
            return database.kind() == Kind.FOLDER ? null : prompts.schema(database.location());
        }
        String schema = request.schema();
        return schema == null ? null : GivenSchema.of(schema);
    }
}
