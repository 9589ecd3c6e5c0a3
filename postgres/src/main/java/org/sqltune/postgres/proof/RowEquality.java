package org.sqltune.postgres.proof;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;

/**
 * Compares results of SQLite and PostgreSQL. Columns are compared by position, not by name; rows as a bag, or in
 * order. Two values are equal if both are NULL, if both are the same text or the same bytes, or if both are equal
 * numbers. Numbers (integer, numeric, double; booleans count as 1 or 0) are equal if both are the same integer or,
 * unless both are integers, differ by at most 1e-9, absolute or relative to the larger one. Dates and timestamps
 * compare as PostgreSQL's text. In a text column that also holds numbers in SQLite, a text that looks like a number
 * counts as a number, on both sides.
 */
final class RowEquality {
    private static final double TOLERANCE = 1e-9;

    /** Up to this number of rows, each row is compared with each if sorting doesn't align them. */
    private static final int MATCHED_ROWS = 3000;

    private final List<ValueKind> kinds;

    /** @param kinds the kinds of the columns' values, as the conversion determined them */
    RowEquality(List<ValueKind> kinds) {
        this.kinds = kinds;
    }

    /** Returns the first difference between the results as bags; empty if there is none. */
    Optional<String> bagDifference(QueryResult sqlite, QueryResult postgres) {
        if (sqlite.columns().size() != postgres.columns().size()) {
            return Optional.of(postgres.columns().size() + " columns instead of "
                    + sqlite.columns().size());
        }
        if (sqlite.rows().size() != postgres.rows().size()) {
            return Optional.of(
                    postgres.rows().size() + " rows instead of " + sqlite.rows().size());
        }
        List<List<@Nullable Object>> expected = sorted(sqlite);
        List<List<@Nullable Object>> found = sorted(postgres);
        Optional<String> difference = listDifference(expected, found);
        // Almost equal numbers may have sorted the rows differently.
        return difference.isPresent() && expected.size() <= MATCHED_ROWS && matches(expected, found)
                ? Optional.empty()
                : difference;
    }

    /** Returns whether the results are equal, row by row. */
    boolean sameOrder(QueryResult sqlite, QueryResult postgres) {
        return sqlite.rows().size() == postgres.rows().size()
                && listDifference(canonical(sqlite), canonical(postgres)).isEmpty();
    }

    /** Returns whether the rows can be matched one to one. */
    private static boolean matches(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> found) {
        List<List<@Nullable Object>> left = new ArrayList<>(found);
        for (List<@Nullable Object> row : expected) {
            int match = 0;
            while (match < left.size() && !equalRows(row, left.get(match))) {
                match++;
            }
            if (match == left.size()) {
                return false;
            }
            left.remove(match);
        }
        return true;
    }

    private static boolean equalRows(List<@Nullable Object> left, List<@Nullable Object> right) {
        return listDifference(List.of(left), List.of(right)).isEmpty();
    }

    private static Optional<String> listDifference(
            List<List<@Nullable Object>> expected, List<List<@Nullable Object>> found) {
        for (int i = 0; i < expected.size(); i++) {
            for (int j = 0; j < expected.get(i).size(); j++) {
                if (!equal(expected.get(i).get(j), found.get(i).get(j))) {
                    return Optional.of(shown(found.get(i)) + " instead of " + shown(expected.get(i)));
                }
            }
        }
        return Optional.empty();
    }

    private static String shown(List<@Nullable Object> row) {
        String text = row.toString();
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private List<List<@Nullable Object>> sorted(QueryResult result) {
        List<List<@Nullable Object>> rows = canonical(result);
        rows.sort(RowEquality::compareRows);
        return rows;
    }

    private List<List<@Nullable Object>> canonical(QueryResult result) {
        List<List<@Nullable Object>> rows = new ArrayList<>(result.rows().size());
        for (List<@Nullable Object> row : result.rows()) {
            List<@Nullable Object> canonical = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                canonical.add(canonical(row.get(i), i < kinds.size() && kinds.get(i) == ValueKind.MIXED));
            }
            rows.add(canonical);
        }
        return rows;
    }

    private static @Nullable Object canonical(@Nullable Object value, boolean mixed) {
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (value instanceof BigDecimal decimal) {
            return number(decimal);
        }
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof Number integer) {
            return integer.longValue();
        }
        if (mixed && value instanceof String text && TextFacts.looksNumeric(text)) {
            return number(new BigDecimal(text.strip()));
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    private static Object number(BigDecimal decimal) {
        boolean small = Math.abs((double) decimal.precision() - decimal.scale()) <= 18;
        if (small && decimal.stripTrailingZeros().scale() <= 0) {
            return decimal.longValueExact();
        }
        return decimal.doubleValue();
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number first
                && right instanceof Number second
                && !(left instanceof Long && right instanceof Long)) {
            double a = first.doubleValue();
            double b = second.doubleValue();
            return Double.compare(a, b) == 0
                    || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
        }
        return left == null ? right == null : left.equals(right);
    }

    /** Compares texts and other exact values first, then numbers, since almost equal numbers must decide last. */
    private static int compareRows(List<@Nullable Object> left, List<@Nullable Object> right) {
        int order = 0;
        for (int i = 0; order == 0 && i < left.size(); i++) {
            order = coarse(left.get(i)).compareTo(coarse(right.get(i)));
        }
        for (int i = 0; order == 0 && i < left.size(); i++) {
            if (left.get(i) instanceof Number first && right.get(i) instanceof Number second) {
                order = Double.compare(first.doubleValue(), second.doubleValue());
            }
        }
        return order;
    }

    private static String coarse(@Nullable Object value) {
        return value == null ? "0" : value instanceof Number ? "1" : "2" + value;
    }
}
