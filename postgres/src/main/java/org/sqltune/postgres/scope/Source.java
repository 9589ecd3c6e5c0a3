package org.sqltune.postgres.scope;

import java.util.List;
import java.util.Optional;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;
import org.sqltune.postgres.schema.PostgresTable;
import org.sqltune.postgres.value.ConvertedValue;

/**
 * A table or a subquery behind FROM.
 *
 * @param name as the query calls it; empty if it has no name
 * @param sqlName the same in PostgreSQL
 * @param columns in order
 * @param table the table that it is; null for a subquery
 */
public record Source(
        String name,
        Name sqlName,
        List<SourceColumn> columns,
        @Nullable PostgresTable table) {

    /**
     * A column.
     *
     * @param name as SQLite calls it
     * @param sqlName the same in PostgreSQL
     * @param value without the table's name before it
     */
    public record SourceColumn(String name, Name sqlName, ConvertedValue value) {}

    public Optional<SourceColumn> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(columnName))
                .findFirst();
    }

    /** Returns the same, on the side of an outer join that may be missing. */
    Source orNull() {
        List<SourceColumn> nullable = columns.stream()
                .map(column -> new SourceColumn(
                        column.name(), column.sqlName(), column.value().orNull()))
                .toList();
        return new Source(name, sqlName, nullable, table);
    }
}
