package org.sqltune.core.config;

import java.util.List;

/**
 * One key as somebody wrote it, before anything is known about its type.
 *
 * @param key the whole path, such as {@code training.learning_rate}
 * @param value what stands behind it
 * @param origin where it was written, such as {@code line 7} or {@code command line}
 */
record ConfigEntry(String key, Value value, String origin) {
    private static final int LONGEST_SHOWN = 200;

    /** A value whose type is still open: the key decides how its text is read. */
    sealed interface Value {
        /** A single value. */
        record Scalar(String text) implements Value {}

        /** A list of single values. */
        record Items(List<String> texts) implements Value {
            public Items {
                texts = List.copyOf(texts);
            }
        }

        /** The key is there without a value, or with {@code null}. */
        record Absent() implements Value {}
    }

    /** The value as its reader would recognise it. */
    String shownValue() {
        if (value instanceof Value.Scalar scalar) {
            return "'" + clipped(scalar.text()) + "'";
        }
        if (value instanceof Value.Items items) {
            return clipped(items.texts().toString());
        }
        return "empty";
    }

    /** A fault of this entry: origin, key, value and what to do. */
    String fault(String remedy) {
        return origin + ": " + clipped(key) + " is " + shownValue() + ": " + remedy;
    }

    /** On one line, cut where it is long. */
    static String clipped(String text) {
        String line = text.replaceAll("\\R", " ");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
    }
}
