package org.sqltune.data.database;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;

/**
 * Rows of an SQLite database, read within an executor's limits. A table that can't be read within them, such as one with a
 * value that is too long, is read a column at a time by {@link ValueSampler}, so that only what is at fault goes without.
 *
 * @param executor runs queries on the database
 */
public record SqliteRows(SqlExecutor executor) implements ValueSampler.RowReader<RuntimeException> {
    @Override
    public boolean forEach(String query, Consumer<List<@Nullable Object>> row) {
        List<List<@Nullable Object>> rows;
        try {
            rows = executor.execute(query).rows();
        } catch (SqlExecutionException unreadable) {
            return false;
        }
        rows.forEach(row);
        return true;
    }
}
