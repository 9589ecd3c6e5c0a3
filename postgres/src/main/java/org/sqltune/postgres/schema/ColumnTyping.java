package org.sqltune.postgres.schema;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Collation;
import org.jooq.DataType;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * PostgreSQL's type for a column of SQLite: the declared type if all values fit, else a wider one.
 *
 * @param type PostgreSQL's type
 * @param kind the kind of its values for SQLite
 * @param widened whether the values didn't fit the declared type
 */
record ColumnTyping(DataType<?> type, ValueKind kind, boolean widened) {
    private static final Pattern LENGTH = Pattern.compile("\\((\\d+)(?:\\s*,\\s*(\\d+))?\\)");
    private static final int MAX_LENGTH = 10_485_760;
    private static final int MAX_PRECISION = 1000;

    /** SQLite orders text by bytes. */
    private static final Collation BYTES = DSL.collation(DSL.quotedName("C"));

    static ColumnTyping of(String declared, ColumnProfile profile) {
        String type = declared.toLowerCase(Locale.ROOT);
        Affinity affinity = Affinity.of(type);
        if (profile.isEmpty()) {
            return declaredOnly(type, affinity, profile);
        }
        if (profile.hasBlobs()) {
            boolean pure = !profile.hasNumbers() && !profile.hasTexts();
            return pure ? plain(SQLDataType.BLOB, ValueKind.BLOB) : mixed();
        }
        if (profile.hasTexts()) {
            return profile.hasNumbers() ? mixed() : text(type, affinity, profile);
        }
        return number(type, profile);
    }

    private static ColumnTyping declaredOnly(String type, Affinity affinity, ColumnProfile profile) {
        if (type.startsWith("bool")) {
            return plain(SQLDataType.BOOLEAN, ValueKind.BOOLEAN);
        }
        if (affinity == Affinity.NUMERIC && type.contains("time")) {
            return plain(SQLDataType.LOCALDATETIME, ValueKind.TIMESTAMP);
        }
        if (affinity == Affinity.NUMERIC && type.contains("date")) {
            return plain(SQLDataType.LOCALDATE, ValueKind.DATE);
        }
        return switch (affinity) {
            case INTEGER -> integer(type, profile);
            case REAL -> plain(SQLDataType.DOUBLE, ValueKind.REAL);
            case NUMERIC -> plain(decimal(type, profile), ValueKind.NUMERIC);
            case TEXT, NONE -> plain(string(type, profile), ValueKind.TEXT);
        };
    }

    private static ColumnTyping text(String type, Affinity affinity, ColumnProfile profile) {
        boolean temporal = type.contains("date") || type.contains("time");
        if (temporal && profile.onlyDates()) {
            return plain(SQLDataType.LOCALDATE, ValueKind.DATE);
        }
        if (temporal && profile.onlyTimestamps()) {
            return plain(SQLDataType.LOCALDATETIME, ValueKind.TIMESTAMP);
        }
        return new ColumnTyping(string(type, profile), ValueKind.TEXT, temporal || affinity.isNumeric());
    }

    private static ColumnTyping number(String type, ColumnProfile profile) {
        boolean decimal = isDecimal(type);
        if (!profile.hasReals()) {
            if (type.startsWith("bool") && profile.onlyBits()) {
                return plain(SQLDataType.BOOLEAN, ValueKind.BOOLEAN);
            }
            return decimal && !isWholeDecimal(type)
                    ? plain(decimal(type, profile), ValueKind.WHOLE)
                    : integer(type, profile);
        }
        ValueKind kind = profile.hasIntegers() ? ValueKind.NUMERIC : ValueKind.REAL;
        boolean widened = Affinity.of(type) == Affinity.INTEGER;
        return new ColumnTyping(decimal ? decimal(type, profile) : SQLDataType.DOUBLE, kind, widened);
    }

    private static ColumnTyping integer(String type, ColumnProfile profile) {
        boolean wide = type.startsWith("big") || !profile.onlyInts();
        return wide ? plain(SQLDataType.BIGINT, ValueKind.BIGINT) : plain(SQLDataType.INTEGER, ValueKind.INTEGER);
    }

    private static boolean isDecimal(String type) {
        return type.startsWith("dec") || type.startsWith("num");
    }

    /**
     * Returns whether the type declares integers in another product's style, such as {@code number(10)} or {@code
     * decimal(6,0)}.
     */
    private static boolean isWholeDecimal(String type) {
        Matcher length = LENGTH.matcher(type);
        return length.find() && (length.group(2) == null || length.group(2).equals("0"));
    }

    private static DataType<?> decimal(String type, ColumnProfile profile) {
        Matcher length = LENGTH.matcher(type);
        if (length.find() && length.group(2) != null) {
            int precision = atMost(MAX_PRECISION + 1, length.group(1));
            int scale = atMost(MAX_PRECISION + 1, length.group(2));
            if (precision <= MAX_PRECISION && scale <= precision && profile.fits(precision, scale)) {
                return SQLDataType.NUMERIC(precision, scale);
            }
        }
        return SQLDataType.NUMERIC;
    }

    private static DataType<?> string(String type, ColumnProfile profile) {
        Matcher length = LENGTH.matcher(type);
        if (type.contains("char") && length.find()) {
            int chars = atMost(MAX_LENGTH + 1, length.group(1));
            if (chars > 0 && chars <= MAX_LENGTH && profile.longestText() <= chars) {
                return SQLDataType.VARCHAR(chars).collation(BYTES);
            }
        }
        return SQLDataType.CLOB.collation(BYTES);
    }

    private static int atMost(int limit, String digits) {
        return digits.length() > 9 ? limit : Math.min(limit, Integer.parseInt(digits));
    }

    private static ColumnTyping mixed() {
        return new ColumnTyping(SQLDataType.CLOB.collation(BYTES), ValueKind.MIXED, true);
    }

    private static ColumnTyping plain(DataType<?> type, ValueKind kind) {
        return new ColumnTyping(type, kind, false);
    }
}
