package org.sqltune.data.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;

/**
 * One row of a data file, as a JSON object.
 *
 * @param file the file of the row
 * @param unit the unit of {@code line}: {@code line}, or {@code row} if the file has no lines
 * @param line the row's line or row number, from 1
 * @param object the row's content
 * @param unread fields that the row has but that aren't wanted
 */
public record JsonRow(Path file, String unit, int line, JsonNode object, List<String> unread) {
    private static final int MOST_CHARS = 80;

    /** Creates a row. */
    public JsonRow {
        unread = List.copyOf(unread);
    }

    /** Creates a row of a file that has lines. */
    public JsonRow(Path file, int line, JsonNode object) {
        this(file, "line", line, object, List.of());
    }

    /** Returns whether {@code key} has a value other than null; {@code NaN} counts as null, like in pandas. */
    public boolean has(String key) {
        return object.hasNonNull(key) && !isNaN(object.get(key));
    }

    /** Returns whether the row has {@code key}, even with null. */
    public boolean mentions(String key) {
        return object.has(key);
    }

    /** Returns all fields of the row, including unwanted ones. */
    public Collection<String> keys() {
        return Stream.concat(object.properties().stream().map(Map.Entry::getKey), unread.stream())
                .toList();
    }

    private static boolean isNaN(JsonNode value) {
        return value.isFloatingPointNumber() && Double.isNaN(value.doubleValue());
    }

    /**
     * Returns the string at {@code key}.
     *
     * @throws SqlTuneException if there is none
     */
    public String text(String key) {
        JsonNode value = object.get(key);
        if (value == null) {
            throw fault("\"" + key + "\" is missing; the row has " + keys()
                    + ": add it, or rename the field that is meant");
        }
        if (value.isNull() || isNaN(value)) {
            String nothing = RowFiles.isSeparated(file) ? "empty" : value.isNull() ? "null" : "NaN";
            throw fault("\"" + key + "\" is " + nothing + "; fill it or remove the row");
        }
        if (!value.isTextual()) {
            throw fault("\"" + key + "\" is " + shortened(value.toString()) + "; make it a string");
        }
        return value.textValue();
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }

    /** Like {@link #text}, but also rejects blank texts. */
    public String filledText(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw fault("\"" + key + "\" is empty; fill it or remove the row");
        }
        return text;
    }

    /** Returns the gold SQL at {@code key}, which must exist, stripped and without closing semicolon. */
    public String sql(String key) {
        String sql = withoutSemicolons(filledText(key));
        if (sql.isEmpty()) {
            throw fault("\"" + key + "\" is only a semicolon; fill it or remove the row");
        }
        return sql;
    }

    /** Returns SQL stripped and without closing semicolons: the form of gold SQL in examples. */
    public static String withoutSemicolons(String sql) {
        int end = sql.length();
        while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
            end--;
        }
        return sql.substring(0, end).strip();
    }

    /** Returns the string or number at {@code key}, or {@code otherwise} if there is none. */
    public String textOr(String key, String otherwise) {
        return has(key) && object.get(key).isValueNode() ? object.get(key).asText() : otherwise;
    }

    /** Returns the row's {@code id}, or one built from the file's name and the line. */
    public String id() {
        return id("id");
    }

    /** Returns the id at {@code key}, or one built from the file's name and the line. */
    public String id(String key) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        return textOr(key, (dot > 0 ? name.substring(0, dot) : name) + "-" + line);
    }

    /** Returns an exception whose message begins with the file and the line. */
    public SqlTuneException fault(String message) {
        return new SqlTuneException(place() + ": " + PrintableText.oneLine(message));
    }

    /** Returns the file and the line. */
    public String place() {
        return file + " " + unit + " " + line;
    }
}
