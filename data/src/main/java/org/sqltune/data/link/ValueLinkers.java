package org.sqltune.data.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;

/** Caches the linkers of databases; each database is read once, on first use. Thread-safe. */
public final class ValueLinkers {
    private static final Logger log = LoggerFactory.getLogger(ValueLinkers.class);

    private final Map<String, ValueLinker> byDatabase = new ConcurrentHashMap<>();

    /**
     * Returns the linker of a database; one that finds nothing, with a warning, if the database can't be opened.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     * @param schema the database's schema
     */
    public ValueLinker of(String database, Schema schema) {
        return byDatabase.computeIfAbsent(database, missing -> read(missing, schema));
    }

    private static ValueLinker read(String database, Schema schema) {
        try {
            return DatabaseValues.linker(database, schema);
        } catch (SqlTuneException unreadable) {
            log.warn("No question about {} is linked to its values. {}", schema.databaseId(), unreadable.getMessage());
            return ValueLinker.NONE;
        }
    }

    /**
     * Returns the examples with the values that their questions mention.
     *
     * @param databases returns the location of a database by its id; examples stay unchanged if it is empty
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
