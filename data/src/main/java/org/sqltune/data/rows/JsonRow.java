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
 * @param unit what {@code line} counts: {@code line}, or {@code row} where a file has no lines
 * @param line the row's line or row number, from 1
 * @param object the row's content
 * @param unread fields that the row has but that weren't asked for
 */
public record JsonRow(Path file, String unit, int line, JsonNode object, List<String> unread) {
    private static final int MOST_CHARS = 80;

    /** Copies the list. */
    public JsonRow {
        unread = List.copyOf(unread);
    }

    /** Creates a row of a file that has lines. */
    public JsonRow(Path file, int line, JsonNode object) {
        this(file, "line", line, object, List.of());
    }

    /** Returns whether there is something other than null at {@code key}; a {@code NaN} is nothing, as in pandas. */
    public boolean has(String key) {
        return object.hasNonNull(key) && !isNaN(object.get(key));
    }

    /** Returns whether there is something at {@code key}, be it null. */
    public boolean mentions(String key) {
        return object.has(key);
    }

    /** Returns all fields of the row, those included that weren't asked for. */
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

    /** Like {@link #text}, but blank is refused as well. */
    public String filledText(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw fault("\"" + key + "\" is empty; fill it or remove the row");
        }
        return text;
    }

    /**
     * Returns the gold SQL at {@code key}, which must be there, without closing semicolon and white space around it.
     */
    public String sql(String key) {
        String sql = withoutSemicolons(filledText(key));
        if (sql.isEmpty()) {
            throw fault("\"" + key + "\" is only a semicolon; fill it or remove the row");
        }
        return sql;
    }

    /** SQL without closing semicolons and without the white space around it: the form in which examples hold gold SQL. */
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

    /** Returns the row's {@code id}, or one made of the file's name and the line. */
    public String id() {
        return id("id");
    }

    /** Returns what is at {@code key}, or an id made of the file's name and the line. */
    public String id(String key) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        return textOr(key, (dot > 0 ? name.substring(0, dot) : name) + "-" + line);
    }

    /** Returns an error whose message begins with the file and the line. */
    public SqlTuneException fault(String message) {
        return new SqlTuneException(place() + ": " + PrintableText.oneLine(message));
    }

    /** Returns the file and the line. */
    public String place() {
        return file + " " + unit + " " + line;
    }
}
