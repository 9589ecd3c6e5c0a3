package org.sqltune.postgres.schema;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * SQLite's type affinity, which converts values that are stored in a column or compared with it: sections 3.1 and 4.2
 * of <a href="https://www.sqlite.org/datatype3.html">sqlite.org/datatype3.html</a>.
 */
public enum Affinity {
    /** Numbers become text. */
    TEXT,
    /** Text that looks like a number becomes one; whole numbers become integers. */
    NUMERIC,
    /** Like {@link #NUMERIC}. */
    INTEGER,
    /** Like {@link #NUMERIC}, and integers become floating-point numbers. */
    REAL,
    /** Values stay as they are. */
    NONE;

    /** Returns the affinity of a declared type, by the words in it. */
    public static Affinity of(String declaredType) {
        String type = declaredType.toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return INTEGER;
        }
        if (Stream.of("CHAR", "CLOB", "TEXT").anyMatch(type::contains)) {
            return TEXT;
        }
        if (type.isBlank() || type.contains("BLOB")) {
            return NONE;
        }
        return Stream.of("REAL", "FLOA", "DOUB").anyMatch(type::contains) ? REAL : NUMERIC;
    }

    /** Returns whether text that looks like a number becomes one. */
    public boolean isNumeric() {
        return this == NUMERIC || this == INTEGER || this == REAL;
    }
}
