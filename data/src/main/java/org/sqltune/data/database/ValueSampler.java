package org.sqltune.data.database;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;

/**
 * Adds sample values to columns: the most frequent values of a table's first 1,000 rows, and the earlier one of equally
 * frequent values. Values that are blank, binary or longer than 60 characters are left out. Existing samples stay.
 *
 * @param <E> what reading may fail with
 */
public final class ValueSampler<E extends Exception> {
    private static final int ROWS = 1_000;
    private static final int LONGEST = 60;

    /** Tables with more columns are read in parts: databases limit a result's width. */
    private static final int COLUMNS_AT_A_TIME = 500;

    private final RowReader<E> reader;
    private final int values;

    /**
     * Where rows come from.
     *
     * @param <E> what reading may fail with
     */
    @FunctionalInterface
    public interface RowReader<E extends Exception> {
        /**
         * Runs a query and hands over its rows, one at a time.
         *
         * @return whether it could; if not, no row was handed over
         */
        boolean forEach(String query, Consumer<List<@Nullable Object>> row) throws E;
    }

    /**
     * @param reader runs queries on the schema's database
     * @param values samples a column, at most
     */
    public ValueSampler(RowReader<E> reader, int values) {
        this.reader = reader;
        this.values = values;
    }

    /** The schema with samples. */
    public Schema fill(Schema schema) throws E {
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

    private List<Column> filled(String table, List<Column> columns) throws E {
        List<Map<String, Integer>> counts = new ArrayList<>();
        columns.forEach(column -> counts.add(new LinkedHashMap<>()));
        if (!read(table, columns, counts)) {
            for (int i = 0; i < columns.size(); i++) {
                read(table, columns.subList(i, i + 1), counts.subList(i, i + 1));
            }
        }
        List<Column> filled = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            filled.add(column.samples().isEmpty() ? column.withSamples(mostFrequent(counts.get(i))) : column);
        }
        return filled;
    }

    private boolean read(String table, List<Column> columns, List<Map<String, Integer>> counts) throws E {
        String names = columns.stream()
                .map(column -> SqlIdentifiers.quoted(column.name()))
                .collect(Collectors.joining(", "));
        return reader.forEach("SELECT " + names + " FROM " + SqlIdentifiers.quoted(table) + " LIMIT " + ROWS, row -> {
            for (int i = 0; i < counts.size(); i++) {
                count(row.get(i), counts.get(i));
            }
        });
    }

    private static void count(@Nullable Object value, Map<String, Integer> counts) {
        if (value == null || value instanceof byte[]) {
            return;
        }
        String text = value.toString();
        if (!text.isBlank() && text.length() <= LONGEST) {
            counts.merge(text, 1, Integer::sum);
        }
    }

    private List<String> mostFrequent(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(values)
                .map(Map.Entry::getKey)
                .toList();
    }
}
