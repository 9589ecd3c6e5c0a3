package org.sqltune.data.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.worker.ForeignDatabase;
import org.sqltune.data.database.SqliteRows;
import org.sqltune.data.database.ValueSampler;

/**
 * Adds sample values from the databases to a data set's schemas, chosen by {@link ValueSampler}. Columns of
 * unreadable databases and tables stay unchanged.
 */
public final class SampleValues {
    private final int count;

    /** @param count number of values per column */
    public SampleValues(int count) {
        this.count = count;
    }

    /** Returns the examples with samples in their schemas. */
    public List<Example> in(List<Example> examples, DatabaseFolder databases) {
        Map<Schema, Schema> filled = new HashMap<>();
        return examples.stream()
                .map(example -> example.schema() instanceof Schema schema
                        ? with(example, filled.computeIfAbsent(schema, known -> of(known, example, databases)))
                        : example)
                .toList();
    }

    private Schema of(Schema schema, Example example, DatabaseFolder databases) {
        try (ForeignDatabase foreign = ForeignDatabase.of(databases.require(example.databaseId()))) {
            return new ValueSampler<>(new SqliteRows(foreign.values()), count).fill(schema);
        } catch (SqlExecutionException missing) {
            return schema;
        }
    }

    private static Example with(Example example, Schema schema) {
        return new Example(
                example.id(),
                example.databaseId(),
                example.question(),
                schema,
                example.sql(),
                example.category(),
                example.explanation(),
                example.context());
    }
}
