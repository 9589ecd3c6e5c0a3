package org.sqltune.evaluation.bird;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;

/**
 * A row as Python compares it: a whole number equals the same number written as a float, NULL equals NULL, and text equals
 * the same text only.
 *
 * @param values its values, each so that {@code equals} is Python's
 */
record PythonRow(List<Object> values) {
    /** Beyond this, not every whole number is a double. */
    private static final double EXACT = 1L << 53;

    PythonRow {
        values = List.copyOf(values);
    }

    /** A result's different rows, in the order in which each comes first. */
    static Set<PythonRow> distinct(QueryResult result) {
        Set<PythonRow> rows = new LinkedHashSet<>();
        for (List<@Nullable Object> row : result.rows()) {
            List<Object> values = new ArrayList<>();
            for (Object value : row) {
                values.add(comparable(value));
            }
            rows.add(new PythonRow(values));
        }
        return rows;
    }

    private static Object comparable(@Nullable Object value) {
        if (value == null) {
            return Null.NULL;
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < EXACT) {
            return number.longValue();
        }
        return value instanceof byte[] blob ? ByteBuffer.wrap(blob) : value;
    }

    private enum Null {
        NULL
    }
}
