package org.sqltune.data.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;

/**
 * Adds sample values to columns: the most frequent values of a table's first 1,000 rows, the earlier one first among
 * equally frequent ones. It leaves out values that are blank, binary or longer than 60 characters, and texts among
 * numbers that look like numbers. Existing samples stay.
 *
 * @param <E> the exception of reading
 */
public final class ValueSampler<E extends Exception> {
    private static final int ROWS = 1_000;

    /** Tables with more columns are read in parts, since databases limit a result's width. */
    private static final int COLUMNS_AT_A_TIME = 500;

    private final RowReader<E> reader;
    private final int values;
    private final UnaryOperator<String> expression;

    /**
     * Reads rows.
     *
     * @param <E> the exception of reading
     */
    @FunctionalInterface
    public interface RowReader<E extends Exception> {
        /**
         * Runs a query and passes on its rows, one at a time.
         *
         * @return whether the query succeeded; if not, no row was passed on
         */
        boolean forEach(String query, Consumer<List<@Nullable Object>> row) throws E;
    }

    /**
     * @param reader runs queries on the schema's database
     * @param values the maximal number of samples per column
     */
    public ValueSampler(RowReader<E> reader, int values) {
        this(reader, values, UnaryOperator.identity());
    }

    /** @param expression returns the SQL that reads a quoted column */
    ValueSampler(RowReader<E> reader, int values, UnaryOperator<String> expression) {
        this.reader = reader;
        this.values = values;
        this.expression = expression;
    }

    /** Returns the schema with samples, except for views, whose rows may take long to compute. */
    public Schema fill(Schema schema) throws E {
        List<Table> tables = new ArrayList<>();
        for (Table table : schema.tables()) {
            tables.add(table.isView() ? table : filled(table));
        }
        return schema.withTables(tables);
    }

    private Table filled(Table table) throws E {
        List<Column> columns = new ArrayList<>();
        for (int from = 0; from < table.columns().size(); from += COLUMNS_AT_A_TIME) {
            int to = Math.min(from + COLUMNS_AT_A_TIME, table.columns().size());
            columns.addAll(filled(table.name(), table.columns().subList(from, to)));
        }
        return table.withColumns(columns);
    }

    private List<Column> filled(String table, List<Column> columns) throws E {
        List<ValueCounts> counts = new ArrayList<>();
        columns.forEach(column -> counts.add(new ValueCounts()));
        if (!read(table, columns, counts)) {
            for (int i = 0; i < columns.size(); i++) {
                read(table, columns.subList(i, i + 1), counts.subList(i, i + 1));
            }
        }
        List<Column> filled = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            filled.add(column.samples().isEmpty() ? counts.get(i).into(column, values) : column);
        }
        return filled;
    }

    private boolean read(String table, List<Column> columns, List<ValueCounts> counts) throws E {
        String names = columns.stream()
                .map(column -> expression.apply(SqlIdentifiers.quoted(column.name())))
                .collect(Collectors.joining(", "));
        return reader.forEach("SELECT " + names + " FROM " + SqlIdentifiers.quoted(table) + " LIMIT " + ROWS, row -> {
            for (int i = 0; i < counts.size(); i++) {
                counts.get(i).add(row.get(i));
            }
        });
    }
}
