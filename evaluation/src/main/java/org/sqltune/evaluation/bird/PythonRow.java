package org.sqltune.evaluation.bird;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;

/**
 * A row that compares as a Python tuple does: an integer equals the same number as a float, NULL equals NULL, and
 * text equals only the same text.
 *
 * @param values the values, converted so that {@code equals} agrees with Python's {@code ==}
 */
record PythonRow(List<Object> values) {
    /** Above this, a double can't represent every integer. */
    private static final double EXACT = 1L << 53;

    PythonRow {
        values = List.copyOf(values);
    }

    /** Returns a result's distinct rows, in the order of first occurrence. */
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
