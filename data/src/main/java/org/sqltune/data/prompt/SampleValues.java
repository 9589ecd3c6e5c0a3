package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.SqliteExecutor;

/**
 * Gives columns the values that occur in them most often, among a table's first rows; of equally frequent ones the first.
 * A database or table that can't be read leaves its columns as they are, and so do samples that are there already.
 */
public final class SampleValues {
    private static final int ROWS = 1_000;

    private final int count;

    /** @param count values a column */
    public SampleValues(int count) {
        this.count = count;
    }

    /** The examples with samples in their schemas. */
    public List<Example> in(List<Example> examples, DatabaseFolder databases) {
        Map<Schema, Schema> filled = new HashMap<>();
        return examples.stream()
                .map(example -> example.schema() instanceof Schema schema
                        ? with(example, filled.computeIfAbsent(schema, known -> of(known, example, databases)))
                        : example)
                .toList();
    }

    private Schema of(Schema schema, Example example, DatabaseFolder databases) {
        try (SqliteExecutor executor =
                SqliteExecutor.open(databases.require(example.databaseId()), QueryLimits.DEFAULTS)) {
            return of(schema, executor);
        } catch (SqlExecutionException missing) {
            return schema;
        }
    }

    /** The schema with samples from its database. */
    public Schema of(Schema schema, SqlExecutor executor) {
        List<Table> tables =
                schema.tables().stream().map(table -> of(table, executor)).toList();
        return new Schema(schema.databaseId(), tables, schema.foreignKeys());
    }

    private Table of(Table table, SqlExecutor executor) {
        String names = table.columns().stream()
                .map(column -> SqlIdentifiers.quoted(column.name()))
                .collect(Collectors.joining(", "));
        List<List<@Nullable Object>> rows;
        try {
            rows = executor.execute(
                            "SELECT " + names + " FROM " + SqlIdentifiers.quoted(table.name()) + " LIMIT " + ROWS)
                    .rows();
        } catch (SqlExecutionException unreadable) {
            return table;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            columns.add(column.samples().isEmpty() ? column.withSamples(frequent(rows, i)) : column);
        }
        return new Table(table.name(), columns);
    }

    private List<String> frequent(List<List<@Nullable Object>> rows, int column) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows) {
            Object value = row.get(column);
            if (value != null && !(value instanceof byte[]) && !value.toString().isBlank()) {
                counts.merge(value.toString(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> entry) -> entry.getValue())
                        .reversed())
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
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
