package org.sqltune.postgres.scope;

import java.util.List;
import java.util.Optional;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;
import org.sqltune.postgres.value.ConvertedValue;

/**
 * A table or a subquery in FROM.
 *
 * @param name the name in the query; empty if it has none
 * @param sqlName the same in PostgreSQL
 * @param columns the columns, in order
 * @param table the table; null for a subquery
 */
public record Source(
        String name,
        Name sqlName,
        List<SourceColumn> columns,
        @Nullable PostgresTable table) {

    /**
     * A column.
     *
     * @param name the name in SQLite
     * @param sqlName the same in PostgreSQL
     * @param value the value without a table qualifier
     */
    public record SourceColumn(String name, Name sqlName, ConvertedValue value) {}

    public Optional<SourceColumn> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(columnName))
                .findFirst();
    }

    /** Returns this source as the nullable side of an outer join. */
    Source orNull() {
        List<SourceColumn> nullable = columns.stream()
                .map(column -> new SourceColumn(
                        column.name(), column.sqlName(), column.value().orNull()))
                .toList();
        return new Source(name, sqlName, nullable, table);
    }
}
