package org.sqltune.data.wikisql;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.RowFaults;

/**
 * Reads WikiSQL's table headers from the official {@code {train,dev,test}.tables.jsonl} or {@code tables.jsonl}
 * ({@code id, header, types}), and from {@code tables.partial.jsonl} ({@code id, columns}), which has columns by
 * number and may lack some.
 */
public final class WikiSqlTables {
    /** The names of header files. */
    public static final List<String> FILES = List.of(
            "tables.jsonl", "train.tables.jsonl", "dev.tables.jsonl", "test.tables.jsonl", "tables.partial.jsonl");

    private WikiSqlTables() {}

    /**
     * The known part of a table.
     *
     * @param columns column names by number
     * @param types {@code text} or {@code real} by column number; empty if unknown
     * @param schema the schema for prompts
     */
    public record WikiSqlTable(SortedMap<Integer, String> columns, SortedMap<Integer, String> types, Schema schema) {
        /** Returns a column's type; an empty text if it is unknown. */
        String type(int column) {
            return types.getOrDefault(column, "");
        }

        /** Returns whether more than one column has this name, which makes it ambiguous in SQL. */
        boolean isAmbiguous(String name) {
            return columns.values().stream().filter(name::equalsIgnoreCase).count() > 1;
        }

        /** Returns whether a column between the first and the last known one is unknown. */
        boolean hasGaps() {
            return !columns.isEmpty() && columns.lastKey() >= columns.size();
        }
    }

    /**
     * Reads all header files in {@code folder}; the first file that has a table determines it.
     *
     * @throws SqlTuneException if there is none, or a row is broken; the message names file and line
     */
    public static Map<String, WikiSqlTable> read(Path folder, RowFaults faults) {
        List<Path> files =
                FILES.stream().map(folder::resolve).filter(Files::exists).toList();
        if (files.isEmpty()) {
            throw new SqlTuneException("No table headers in " + folder + ": it needs one of " + FILES);
        }
        Map<String, WikiSqlTable> tables = new HashMap<>();
        for (Path file : files) {
            JsonRows.forEach(file, faults, row -> tables.putIfAbsent(row.filledText("id"), table(row)));
        }
        return tables;
    }

    private static WikiSqlTable table(JsonRow row) {
        SortedMap<Integer, String> names = new TreeMap<>();
        SortedMap<Integer, String> types = new TreeMap<>();
        if (row.has("header")) {
            number(row.object().get("header"), names);
            number(row.object().path("types"), types);
            types.replaceAll((number, type) -> type.toLowerCase(Locale.ROOT));
        } else {
            for (Entry<String, JsonNode> column : row.object().path("columns").properties()) {
                names.put(number(row, column.getKey()), column.getValue().asText());
            }
        }
        if (names.isEmpty()) {
            throw row.fault("no columns; a table needs header, or columns by number");
        }
        List<Column> columns = new ArrayList<>();
        names.forEach((number, name) -> columns.add(new Column(name, types.getOrDefault(number, ""), false)));
        Table table = new Table(WikiSqlQuery.TABLE, columns);
        return new WikiSqlTable(names, types, new Schema(row.text("id"), List.of(table), List.of()));
    }

    private static void number(JsonNode array, Map<Integer, String> into) {
        for (int i = 0; i < array.size(); i++) {
            into.put(i, array.get(i).asText());
        }
    }

    private static int number(JsonRow row, String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw row.fault("column number " + key + " is no number");
        }
    }
}
