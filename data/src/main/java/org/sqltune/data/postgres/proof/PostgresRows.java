package org.sqltune.data.postgres.proof;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;

/** Reads rows of PostgreSQL until there are no more or a limit is reached. */
final class PostgresRows {
    private static final int BYTES_PER_VALUE = 32;

    private final ResultSet rows;
    private final QueryLimits limits;
    private final List<List<@Nullable Object>> result = new ArrayList<>();
    private long bytes;

    PostgresRows(ResultSet rows, QueryLimits limits) {
        this.rows = rows;
        this.limits = limits;
    }

    QueryResult read() throws SQLException {
        ResultSetMetaData metadata = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(metadata.getColumnLabel(i));
        }
        boolean truncated = false;
        while (!truncated && rows.next()) {
            truncated = result.size() == limits.maxRows() || bytes > limits.maxResultBytes();
            if (!truncated) {
                result.add(row(columns.size()));
            }
        }
        return new QueryResult(columns, result, truncated);
    }

    private List<@Nullable Object> row(int columns) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            Object value = rows.getObject(i);
            boolean plain =
                    value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[];
            Object kept = plain ? value : rows.getString(i);
            bytes += BYTES_PER_VALUE + (kept instanceof String text ? 2L * text.length() : 0);
            row.add(kept);
        }
        return row;
    }
}
