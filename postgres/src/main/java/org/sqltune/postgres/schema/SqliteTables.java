package org.sqltune.postgres.schema;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.RowSink;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.worker.ForeignDatabase;

/**
 * Reads the structure and all rows of an SQLite file in a separate process, since a table may have a generated column
 * that never finishes, or damaged pages.
 */
final class SqliteTables implements AutoCloseable {
    /** The time limit of one table, including the time of the receiver of its rows. */
    private static final Duration TIME = Duration.ofMinutes(10);

    /** The maximal size of a value; a larger one fails its database. */
    private static final int LARGEST_VALUE = 16_000_000;

    private final ForeignDatabase database;
    private final QueryLimits limits;

    private SqliteTables(ForeignDatabase database, Duration time) {
        this.database = database;
        this.limits = new QueryLimits(
                time, Integer.MAX_VALUE, Long.MAX_VALUE, LARGEST_VALUE, QueryLimits.DEFAULTS.maxTemporaryBytes());
    }

    static SqliteTables open(Path file) {
        return open(file, TIME);
    }

    /** @param time the time limit for the rows of one table */
    static SqliteTables open(Path file, Duration time) {
        return new SqliteTables(ForeignDatabase.of(file), time);
    }

    /** Receives one row. */
    @FunctionalInterface
    interface RowAction {
        /** Receives a row; the list is reused for the next one. */
        void accept(List<@Nullable Object> values);
    }

    /**
     * Reads the schema.
     *
     * @throws SqlTuneException if it can't be read
     */
    Schema schema() {
        return new SchemaReader().read(database);
    }

    /**
     * Passes every row of a table to the action.
     *
     * @param columns expressions for the columns to read
     * @throws SqlTuneException if it can't be read, or not within ten minutes
     */
    void forEachRow(String table, List<String> columns, RowAction action) {
        String sql =
                columns.stream().collect(Collectors.joining(", ", "SELECT ", " FROM " + SqlIdentifiers.quoted(table)));
        try {
            database.stream(limits, sql, new Rows(columns.size(), action));
        } catch (SqlExecutionException e) {
            throw new SqlTuneException(
                    "Can't read the table " + table + " of " + database.file() + ": " + e.getMessage()
                            + ". Check the file with PRAGMA integrity_check, or leave the table out",
                    e);
        }
    }

    /** Combines values into rows. */
    private static final class Rows implements RowSink {
        private final int columns;
        private final RowAction action;
        private final List<@Nullable Object> values = new ArrayList<>();

        Rows(int columns, RowAction action) {
            this.columns = columns;
            this.action = action;
        }

        @Override
        public void columns(List<String> names) {
            // They are the requested columns.
        }

        @Override
        public void value(@Nullable Object value) {
            values.add(value);
            if (values.size() == columns) {
                action.accept(values);
                values.clear();
            }
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
