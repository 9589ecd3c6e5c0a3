package org.sqltune.postgres.proof;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;

/** Reads PostgreSQL's rows until the end or a limit. */
final class PostgresRows {
    private static final int BYTES_PER_VALUE = 32;

    private final ResultSet rows;
    private final QueryLimits limits;
    private final int fetchRows;
    private final BeforeFetch beforeFetch;
    private final List<List<@Nullable Object>> result = new ArrayList<>();
    private long bytes;

    /**
     * @param fetchRows the driver's fetch size, in rows
     * @param beforeFetch called before every fetch except the first
     */
    PostgresRows(ResultSet rows, QueryLimits limits, int fetchRows, BeforeFetch beforeFetch) {
        this.rows = rows;
        this.limits = limits;
        this.fetchRows = fetchRows;
        this.beforeFetch = beforeFetch;
    }

    QueryResult read() throws SQLException {
        ResultSetMetaData metadata = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(metadata.getColumnLabel(i));
        }
        boolean truncated = false;
        while (!truncated && next()) {
            truncated = result.size() == limits.maxRows() || bytes > limits.maxResultBytes();
            if (!truncated) {
                result.add(row(columns.size()));
            }
        }
        return new QueryResult(columns, result, truncated);
    }

    private boolean next() throws SQLException {
        if (!result.isEmpty() && result.size() % fetchRows == 0) {
            beforeFetch.run();
        }
        return rows.next();
    }

    private static long heapBytes(@Nullable Object value) {
        if (value instanceof String text) {
            return BYTES_PER_VALUE + 2L * text.length();
        }
        return value instanceof byte[] blob ? BYTES_PER_VALUE + blob.length : BYTES_PER_VALUE;
    }

    private List<@Nullable Object> row(int columns) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            Object value = rows.getObject(i);
            boolean plain =
                    value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[];
            Object kept = plain ? value : rows.getString(i);
            bytes += heapBytes(kept);
            row.add(kept);
        }
        return row;
    }

    /** Runs before the driver fetches more rows. */
    interface BeforeFetch {
        /** @throws SQLException if the query may not continue */
        void run() throws SQLException;
    }
}
