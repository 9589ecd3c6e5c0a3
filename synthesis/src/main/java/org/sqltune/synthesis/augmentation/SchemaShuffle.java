package org.sqltune.synthesis.augmentation;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.synthesis.grammar.Choice;

/** Reorders a schema's tables and columns, so that a model doesn't learn their order. */
final class SchemaShuffle {
    private SchemaShuffle() {}

    /** Returns the example with a reordered schema; empty if the schema is a text or has no other order. */
    static Optional<Example> of(Example example, Choice choice) {
        if (!(example.schema() instanceof Schema schema)) {
            return Optional.empty();
        }
        List<Table> tables = choice.shuffled(schema.tables()).stream()
                .map(table -> table.withColumns(choice.shuffled(table.columns())))
                .toList();
        Schema shuffled = schema.withTables(tables);
        return shuffled.equals(schema)
                ? Optional.empty()
                : Optional.of(new Example(
                        example.id(),
                        example.databaseId(),
                        example.question(),
                        shuffled,
                        example.sql(),
                        example.category(),
                        example.explanation(),
                        example.context()));
    }
}
