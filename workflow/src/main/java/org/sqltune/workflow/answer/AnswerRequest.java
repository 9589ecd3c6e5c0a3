package org.sqltune.workflow.answer;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.workflow.Databases;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.NamedPaths;

/**
 * Selects a model and the tables to ask about.
 *
 * @param model the model
 * @param adapters further adapters for the same base, by the name that selects them
 * @param database a database name, see {@link Databases}; null for none
 * @param schema the tables as a text, or a file with that text; null for none
 * @param explained whether to say in words what answers do, too
 */
public record AnswerRequest(
        ModelRequest model,
        Map<String, Path> adapters,
        @Nullable String database,
        @Nullable String schema,
        boolean explained) {
    /** @throws ConfigException if both a database and a schema are given */
    public AnswerRequest {
        if (database != null && schema != null) {
            throw new ConfigException("the question", List.of("takes a database or a schema, not both"));
        }
        adapters = Collections.unmodifiableMap(new LinkedHashMap<>(adapters));
    }

    /** A request for SQL alone. */
    public AnswerRequest(
            ModelRequest model, Map<String, Path> adapters, @Nullable String database, @Nullable String schema) {
        this(model, adapters, database, schema, false);
    }

    /**
     * Returns a request about a database, with the prompts of the run that made the adapter.
     *
     * @param adapter a PEFT adapter's folder
     * @param database a database name, see {@link Databases}
     */
    public static AnswerRequest of(Path adapter, String database) {
        return new AnswerRequest(ModelRequest.of(null, adapter), Map.of(), database, null);
    }

    /**
     * Rejects options that have no effect in this mode.
     *
     * @param questions the questions file; null for none
     * @param output the answers file; null for none
     * @param examples whether to answer the demo's own questions
     * @param single whether to answer a single question
     * @throws ConfigException if an option would have no effect
     */
    public AnswerRequest forTask(@Nullable Path questions, @Nullable Path output, boolean examples, boolean single) {
        NamedPaths ignored = new NamedPaths();
        if (output != null && questions == null) {
            ignored.fault("--output is for --questions: leave it out, and redirect standard output");
        }
        if (examples && (database != null || schema != null)) {
            ignored.fault("--examples asks the demo databases: leave --db and --schema out");
        }
        if ((examples || single) && !adapters.isEmpty()) {
            ignored.fault("--adapter is for --questions and --interactive: name the one adapter with --adapter-path");
        }
        if (explained && examples) {
            ignored.fault("--explain is for --question, --questions and --interactive: leave it out");
        }
        ignored.check();
        return this;
    }

    /**
     * Requires tables, before a model is loaded.
     *
     * @throws ConfigException if neither a database nor a schema is given
     */
    public AnswerRequest requireTables() {
        if (schema == null) {
            requireDatabase(", or --schema TEXT");
        }
        return this;
    }

    /**
     * Requires a database, before a model is loaded.
     *
     * @throws ConfigException if no database is given
     */
    public AnswerRequest requireDatabase() {
        return requireDatabase("");
    }

    private AnswerRequest requireDatabase(String alsoPossible) {
        if (database == null) {
            throw new ConfigException(
                    "infer", List.of("which tables? Give --db with " + Databases.forms() + alsoPossible));
        }
        return this;
    }
}
