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
 * Whether PostgreSQL returned what SQLite did. Columns are compared in their order, their names not at all; rows as a
 * bag, or one by one. Two values are equal if both are NULL; if both are numbers (integer, numeric or double, a boolean
 * counting as 1 or 0) and both whole and the same, or one not whole and the difference at most 1e-9, or 1e-9 of the
 * larger one; if both are the same text; if both are the same bytes. A date or a timestamp is the text that PostgreSQL writes for it. In a column of text that also holds what
 * are numbers in SQLite, a text that looks like a number is one, on both sides.
 */
final class RowEquality {
    private static final double TOLERANCE = 1e-9;

    /** Rows up to here are compared each with each where sorting doesn't bring them together. */
    private static final int MATCHED_ROWS = 3000;

    private final List<ValueKind> kinds;

    /** @param kinds what the columns hold, as the conversion knows it */
    RowEquality(List<ValueKind> kinds) {
        this.kinds = kinds;
    }

    /** Returns the first difference between the two as bags; empty if there is none. */
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
        // Numbers that are almost the same may have sorted rows differently.
        return difference.isPresent() && expected.size() <= MATCHED_ROWS && matches(expected, found)
                ? Optional.empty()
                : difference;
    }

    /** Returns whether the two are the same, row by row. */
    boolean sameOrder(QueryResult sqlite, QueryResult postgres) {
        return sqlite.rows().size() == postgres.rows().size()
                && listDifference(canonical(sqlite), canonical(postgres)).isEmpty();
    }

    /** Returns whether each row has one of its own among the others. */
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

    /** By text and the like first, then by numbers: those that are almost the same decide last. */
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
