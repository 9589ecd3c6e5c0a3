package org.sqltune.data.database;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;

/**
 * Reads rows of an SQLite database within an executor's limits. If a table exceeds them, for instance by a long
 * value, {@link ValueSampler} reads it column by column, so that only the offending column gets no samples.
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
