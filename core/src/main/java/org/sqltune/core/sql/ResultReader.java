package org.sqltune.core.sql;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows until the result ends or a limit is reached. */
final class ResultReader {
    private final QueryLimits limits;
    private final ResultSet source;
    private final List<String> columns;
    private long bytes;

    ResultReader(QueryLimits limits, ResultSet source) throws SQLException {
        this.limits = limits;
        this.source = source;
        this.columns = columns(source.getMetaData());
    }

    /** Passes the rows to the sink, as many as the limits allow; returns whether a limit truncated them. */
    boolean read(QueryWatch watch, RowSink sink) throws SQLException, IOException {
        sink.columns(columns);
        int rows = 0;
        while (source.next()) {
            if (watch.mustStop()) {
                throw new SQLException("stopped between two rows");
            }
            if (rows == limits.maxRows() || !readRow(sink)) {
                return true;
            }
            rows++;
        }
        return false;
    }

    /** Passes one row to the sink; returns false if the size limit was reached within it. */
    private boolean readRow(RowSink sink) throws SQLException, IOException {
        for (int i = 1; i <= columns.size(); i++) {
            Object value = normalised(source.getObject(i));
            bytes += QueryResult.heapBytes(value);
            if (bytes > limits.maxResultBytes()) {
                return false;
            }
            sink.value(value);
        }
        return true;
    }

    private static List<String> columns(ResultSetMetaData metadata) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(metadata.getColumnLabel(i));
        }
        return columns;
    }

    /** Converts Integer to Long: the driver returns the smaller type for small numbers. */
    private static @Nullable Object normalised(@Nullable Object value) {
        return value instanceof Integer integer ? Long.valueOf(integer) : value;
    }
}
