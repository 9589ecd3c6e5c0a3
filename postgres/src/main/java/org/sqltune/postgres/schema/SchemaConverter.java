package org.sqltune.postgres.schema;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.postgres.schema.PostgresSchema.PostgresColumn;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;

/** Converts the schema of an SQLite database; reads every value once to choose the types. */
public final class SchemaConverter {
    /**
     * Converts the schema of a database.
     *
     * @param file an SQLite file, which is read in a separate process
     * @throws org.sqltune.core.SqlTuneException if it can't be read
     */
    public PostgresSchema convert(Path file) {
        List<String> widened = new ArrayList<>();
        List<PostgresTable> tables = new ArrayList<>();
        try (SqliteTables rows = SqliteTables.open(file)) {
            Schema schema = rows.schema();
            for (Table table : schema.tables()) {
                tables.add(convert(table, rows, widened));
            }
            return new PostgresSchema(schema.databaseId(), tables, schema.foreignKeys(), widened);
        }
    }

    private static PostgresTable convert(Table table, SqliteTables rows, List<String> widened) {
        List<ColumnProfile> profiles = Stream.generate(ColumnProfile::new)
                .limit(table.columns().size())
                .toList();
        rows.forEachRow(table.name(), columnNames(table), values -> {
            for (int i = 0; i < profiles.size(); i++) {
                profiles.get(i).add(values.get(i));
            }
        });
        List<PostgresColumn> columns = new ArrayList<>();
        List<String> primaryKey = new ArrayList<>();
        boolean keyHasNulls = false;
        for (int i = 0; i < profiles.size(); i++) {
            Column column = table.columns().get(i);
            ColumnProfile profile = profiles.get(i);
            ColumnTyping typing = ColumnTyping.of(column.type(), profile);
            columns.add(column(column, profile, typing));
            if (typing.widened()) {
                widened.add(table.name() + "." + column.name());
            }
            if (column.primaryKey()) {
                primaryKey.add(column.name());
                keyHasNulls |= profile.hasNulls();
            }
        }
        return new PostgresTable(
                table.name(), PostgresNames.of(table.name()), columns, keyHasNulls ? List.of() : primaryKey);
    }

    private static PostgresColumn column(Column column, ColumnProfile profile, ColumnTyping typing) {
        return new PostgresColumn(
                column.name(),
                PostgresNames.of(column.name()),
                typing.type(),
                typing.kind(),
                Affinity.of(column.type()),
                profile.hasNulls(),
                profile.facts());
    }

    private static List<String> columnNames(Table table) {
        return table.columns().stream()
                .map(column -> SqlIdentifiers.quoted(column.name()))
                .toList();
    }
}
