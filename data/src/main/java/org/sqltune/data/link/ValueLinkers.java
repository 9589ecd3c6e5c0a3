package org.sqltune.data.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;

/** Linkers of databases; each database is read once, when it is first asked. Thread-safe. */
public final class ValueLinkers {
    private final Map<String, ValueLinker> byDatabase = new ConcurrentHashMap<>();

    /**
     * Returns the linker of a database.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     * @param schema its tables
     * @throws org.sqltune.core.SqlTuneException if there is no such database or it can't be opened
     */
    public ValueLinker of(String database, Schema schema) {
        return byDatabase.computeIfAbsent(database, missing -> DatabaseValues.linker(missing, schema));
    }

    /**
     * Examples with the values that their questions speak of.
     *
     * @param databases where the database of an id is; empty if it isn't here, whose examples stay as they are
     */
    public List<Example> in(List<Example> examples, Function<String, Optional<String>> databases) {
        List<Example> linked = new ArrayList<>();
        for (Example example : examples) {
            linked.add(databases
                    .apply(example.databaseId())
                    .filter(found -> example.schema() instanceof Schema)
                    .map(database -> linked(example, of(database, (Schema) example.schema())))
                    .orElse(example));
        }
        return linked;
    }

    private static Example linked(Example example, ValueLinker linker) {
        return example.withContext(example.context().withValues(linker.link(example.question())));
    }
}
