package org.sqltune.core.sql.result;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;

/**
 * Assigns a class number to each value of two results, so that equal values have equal numbers. Integers and floats
 * are equal within {@value #TOLERANCE}; text equals only the same text; NULL equals NULL.
 *
 * <p>Values linked by a chain of steps within the tolerance form one class. So equality is transitive, which
 * comparing bags requires, and no rounding boundary separates two nearly equal values.
 */
final class ValueClasses {
    /** The largest difference of equal numbers; where doubles are sparser, it is four units in the last place. */
    static final double TOLERANCE = 1e-6;

    private static final int SPARSE_STEPS = 4;

    /** From here on, integers are compared exactly: as doubles, neighbours would be equal. */
    private static final double LARGE = 1L << 50;

    private final double[] classBegins;
    private final Map<Object, Integer> ids = new HashMap<>();

    ValueClasses(QueryResult first, QueryResult second) {
        double[] numbers = Stream.of(first, second)
                .flatMap(result -> result.rows().stream())
                .flatMap(List::stream)
                .filter(ValueClasses::isTolerant)
                .mapToDouble(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
                .sorted()
                .toArray();
        classBegins = begins(numbers);
    }

    /** Returns the classes of the values, one array per column, in row order. */
    int[][] columns(QueryResult result) {
        int[][] columns = new int[result.columns().size()][result.rows().size()];
        for (int row = 0; row < result.rows().size(); row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = idOf(result.rows().get(row).get(column));
            }
        }
        return columns;
    }

    private int idOf(@Nullable Object value) {
        return ids.computeIfAbsent(keyOf(value), key -> ids.size());
    }

    private Object keyOf(@Nullable Object value) {
        if (value == null) {
            return Null.NULL;
        }
        if (isTolerant(value)) {
            int found = Arrays.binarySearch(classBegins, ((Number) value).doubleValue());
            return new NumberClass(found >= 0 ? found : -found - 2);
        }
        if (value instanceof Double large && Math.abs(large) < Long.MAX_VALUE) {
            return large.longValue();
        }
        return value instanceof byte[] blob ? ByteBuffer.wrap(blob) : value;
    }

    private static boolean isTolerant(@Nullable Object value) {
        return value instanceof Number number && Math.abs(number.doubleValue()) < LARGE;
    }

    /** Returns the smallest number of each class. */
    private static double[] begins(double[] sorted) {
        DoubleStream.Builder begins = DoubleStream.builder();
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] - sorted[i - 1] > tolerance(sorted[i])) {
                begins.add(sorted[i]);
            }
        }
        return begins.build().toArray();
    }

    private static double tolerance(double number) {
        return Math.max(TOLERANCE, SPARSE_STEPS * Math.ulp(number));
    }

    private record NumberClass(int index) {}

    private enum Null {
        NULL
    }
}
