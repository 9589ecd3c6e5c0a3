package org.sqltune.workflow.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.inference.TextToSql;
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.ModelPrompts;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Loads a model and makes it ready to be asked, with the prompts it was trained on. */
public final class Answer {
    private final Workspace workspace;

    /** @param workspace where models and databases are found */
    public Answer(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Makes a model ready. Whatever the request names is looked up before the model is loaded.
     *
     * @param request the model and the tables
     * @param listener told when the model is being loaded, and of answers to many questions
     * @throws ConfigException if something that the request names isn't there
     * @throws SqlTuneException if the model can't be loaded or the database can't be read
     */
    public Answers open(AnswerRequest request, TaskListener listener) {
        // No data is read: a run's training files may be gone.
        RunConfig config = request.model().load(new RunConfigLoader(path -> true), ConfigSource.demo());
        NamedPaths paths = new NamedPaths();
        request.adapters().forEach((name, folder) -> paths.folder("--adapter " + name, folder));
        paths.check();
        ModelPrompts prompts =
                workspace.templates().ofModel(config, request.model().adapter());
        String named = request.database();
        NamedDatabase database = named == null ? null : workspace.databases().named("--db", named);
        SchemaContent schema = schema(request, database, prompts);
        listener.began("Loading " + config.model().name());
        TextToSql model = TextToSql.load(
                workspace.loader(), config.model(), request.model().adapter(), prompts.template(), config.inference());
        try {
            request.adapters().forEach(model::addAdapter);
            return new Answers(model, request, prompts, config, database, schema, workspace, listener);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** As {@link #open(AnswerRequest, TaskListener)}, unwatched. */
    public Answers open(AnswerRequest request) {
        return open(request, TaskListener.NONE);
    }

    /**
     * Looks whether one question can be asked, before a model is loaded in vain.
     *
     * @throws ConfigException if the request names neither a schema nor one database that is there
     */
    public void requireTables(AnswerRequest request) {
        request.requireTables();
        if (request.schema() == null) {
            requireDatabase(request);
        }
    }

    /**
     * Looks whether queries can be run, before a model is loaded in vain.
     *
     * @throws ConfigException if the request doesn't name one database that is there
     */
    public void requireDatabase(AnswerRequest request) {
        String named = Objects.requireNonNull(request.requireDatabase().database(), "checked before");
        workspace.databases().named("--db", named).requireOne();
    }

    private static @Nullable SchemaContent schema(
            AnswerRequest request, @Nullable NamedDatabase database, ModelPrompts prompts) {
        if (database != null) {
            // Of a folder, each row of a file of questions names its own.
            return database.kind() == Kind.FOLDER ? null : database.schema(prompts.sampleValues());
        }
        String schema = request.schema();
        return schema == null ? null : new VerbatimSchema(textOf(schema));
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
