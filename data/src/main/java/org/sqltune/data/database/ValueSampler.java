package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;

/** Shows columns with values that occur in them: the first different ones of a table's first rows. */
final class ValueSampler {
    private static final int ROWS = 200;
    private static final int LONGEST = 60;

    /** Tables with more columns are read in parts: databases limit a result's width. */
    private static final int COLUMNS_AT_A_TIME = 500;

    private final Connection connection;
    private final int values;

    ValueSampler(Connection connection, int values) {
        this.connection = connection;
        this.values = values;
    }

    Schema fill(Schema schema) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (Table table : schema.tables()) {
            List<Column> columns = new ArrayList<>();
            for (int from = 0; from < table.columns().size(); from += COLUMNS_AT_A_TIME) {
                int to = Math.min(from + COLUMNS_AT_A_TIME, table.columns().size());
                columns.addAll(filled(table.name(), table.columns().subList(from, to)));
            }
            tables.add(new Table(table.name(), columns));
        }
        return new Schema(schema.databaseId(), tables, schema.foreignKeys());
    }

    private List<Column> filled(String table, List<Column> columns) throws SQLException {
        List<Set<String>> samples = new ArrayList<>();
        columns.forEach(column -> samples.add(new LinkedHashSet<>()));
        String names = String.join(
                ", ",
                columns.stream()
                        .map(column -> SqlIdentifiers.quoted(column.name()))
                        .toList());
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT " + names + " FROM " + SqlIdentifiers.quoted(table) + " LIMIT " + ROWS)) {
            while (rows.next()) {
                for (int i = 0; i < samples.size(); i++) {
                    if (samples.get(i).size() < values) {
                        add(rows.getObject(i + 1), samples.get(i));
                    }
                }
            }
        }
        List<Column> filled = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            filled.add(columns.get(i).withSamples(List.copyOf(samples.get(i))));
        }
        return filled;
    }

    /** Long texts and binary values say little for the room they take. */
    private static void add(@Nullable Object value, Set<String> to) {
        if (value == null || value instanceof byte[]) {
            return;
        }
        String text = value.toString().strip();
        if (!text.isEmpty() && text.length() <= LONGEST) {
            to.add(text);
        }
    }
}
