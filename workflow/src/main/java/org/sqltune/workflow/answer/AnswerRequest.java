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
 * Which model is asked about which tables.
 *
 * @param model the model
 * @param adapters further adapters over the same base, by the name that switches to them
 * @param database as {@link Databases} takes it; null for none
 * @param schema the tables as a text, or the file that holds it; null for none
 */
public record AnswerRequest(
        ModelRequest model,
        Map<String, Path> adapters,
        @Nullable String database,
        @Nullable String schema) {
    /** @throws ConfigException if both a database and a schema are given */
    public AnswerRequest {
        if (database != null && schema != null) {
            throw new ConfigException("the question", List.of("takes a database or a schema, not both"));
        }
        adapters = Collections.unmodifiableMap(new LinkedHashMap<>(adapters));
    }

    /**
     * Returns a database asked with the prompts of the run that made the adapter.
     *
     * @param adapter a PEFT adapter's folder
     * @param database as {@link Databases} takes it
     */
    public static AnswerRequest of(Path adapter, String database) {
        return new AnswerRequest(ModelRequest.of(null, adapter), Map.of(), database, null);
    }

    /**
     * Refuses what the way of asking ignores.
     *
     * @param questions the file of questions; null if it is none
     * @param output the file of answers; null for none
     * @param examples whether the demo's own questions are asked
     * @param single whether one question is asked
     * @throws ConfigException if something was asked for that would have no effect
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
        ignored.check();
        return this;
    }

    /**
     * Asks for tables, before a model is loaded in vain.
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
     * Asks for a database, before a model is loaded in vain.
     *
     * @throws ConfigException if none is given
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
