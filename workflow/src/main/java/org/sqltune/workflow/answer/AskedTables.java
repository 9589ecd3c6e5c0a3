package org.sqltune.workflow.answer;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;

/** The tables of a request's questions. In a folder of databases, each question names its own, which is read once. */
final class AskedTables {
    private final AnswerRequest request;
    private final ModelPrompts prompts;
    private final @Nullable NamedDatabase database;
    private final @Nullable SchemaContent schema;
    private final Map<String, Optional<SchemaContent>> ofFolder = new ConcurrentHashMap<>();

    /**
     * @param database null if the request names none
     * @param schema the schema of the single database, or the request's text; null if there is none
     */
    AskedTables(
            AnswerRequest request,
            ModelPrompts prompts,
            @Nullable NamedDatabase database,
            @Nullable SchemaContent schema) {
        this.request = request;
        this.prompts = prompts;
        this.database = database;
        this.schema = schema;
    }

    /** Returns the tables for a question of a file by its {@code db_id}; empty if there is no such database. */
    Optional<SchemaContent> of(String databaseId) {
        return database != null && database.kind() == Kind.FOLDER
                ? ofFolder.computeIfAbsent(
                        databaseId, id -> database.locationOf(id).map(prompts::schema))
                : Optional.ofNullable(schema);
    }

    /**
     * Returns the tables for a single question.
     *
     * @throws org.sqltune.core.config.ConfigException if the request names no tables, or several databases
     */
    SchemaContent one() {
        request.requireTables();
        if (database != null) {
            database.requireOne();
        }
        return Objects.requireNonNull(schema, "follows from the request");
    }

    /** Where the questions' queries run; empty if the request names no database. */
    Optional<QueryDatabases> queries() {
        return Optional.ofNullable(database).map(NamedDatabase::queries);
    }

    /** Whether what answers do is said in words, too. */
    boolean explained() {
        return request.explained();
    }

    /** @throws org.sqltune.core.config.ConfigException if the request doesn't name a single database */
    NamedDatabase database() {
        request.requireDatabase();
        return Objects.requireNonNull(database, "follows from the request").requireOne();
    }
}
