package org.sqltune.postgres.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;

/**
 * Converts PostgreSQL's values to those of {@link QueryResult}, so that they compare like SQLite's: integers that fit
 * become {@link Long}, other numbers {@link Double}, and true becomes 1.
 */
final class PlainValues {
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private PlainValues() {}

    static QueryResult of(QueryResult result) {
        List<List<@Nullable Object>> rows = new ArrayList<>(result.rows().size());
        for (List<@Nullable Object> row : result.rows()) {
            List<@Nullable Object> plain = new ArrayList<>(row.size());
            row.forEach(value -> plain.add(of(value)));
            rows.add(plain);
        }
        return new QueryResult(result.columns(), rows, result.truncated());
    }

    private static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (value instanceof BigDecimal decimal) {
            return of(decimal);
        }
        if (value instanceof Float real) {
            // Converts the decimal text, so that 0.1 stays 0.1.
            return Double.valueOf(real.toString());
        }
        if (value instanceof Number number && !(value instanceof Double)) {
            return value instanceof BigInteger whole ? of(new BigDecimal(whole)) : (Object) number.longValue();
        }
        return value;
    }

    private static Object of(BigDecimal decimal) {
        boolean fits = decimal.compareTo(LEAST) >= 0 && decimal.compareTo(LARGEST) <= 0;
        BigDecimal whole = fits ? decimal.stripTrailingZeros() : decimal;
        return fits && whole.scale() <= 0 ? (Object) whole.longValueExact() : (Object) decimal.doubleValue();
    }
}
