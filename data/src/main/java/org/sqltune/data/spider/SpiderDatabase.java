package org.sqltune.data.spider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.RowFaults;

/**
 * A database as described in Spider's {@code tables.json}, with the original names. Columns and keys are numbered
 * over the whole database.
 *
 * @param row the row of the description, for error messages
 * @param id the database's id
 * @param tables the tables' names
 * @param columns the columns in the file's order; the first is {@code *}, without a table
 * @param foreignKeys pairs of column numbers, unchanged
 */
public record SpiderDatabase(
        JsonRow row, String id, List<String> tables, List<NumberedColumn> columns, List<KeyPair> foreignKeys) {
    public SpiderDatabase {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /**
     * A column.
     *
     * @param table its table's number; negative for {@code *}
     * @param name the column's name
     * @param type the type in lower case; empty if unknown
     * @param primaryKey whether it is a primary key or part of one
     */
    public record NumberedColumn(int table, String name, String type, boolean primaryKey) {}

    /** A foreign key from one column number to another; -1 if the file has none. */
    public record KeyPair(int from, int to) {}

    /** Reads a description. Types and primary keys may be missing. */
    static SpiderDatabase of(JsonRow row) {
        List<String> tables = new ArrayList<>();
        array(row, "table_names_original").forEach(name -> tables.add(name.asText()));
        JsonNode names = array(row, "column_names_original");
        JsonNode types = row.object().path("column_types");
        List<Integer> primaryKeys = new ArrayList<>();
        collectNumbers(row.object().path("primary_keys"), primaryKeys);
        List<NumberedColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int table = names.path(i).path(0).asInt(-1);
            if (table >= tables.size()) {
                throw row.fault("column " + i + " is of table " + table + ", but " + row.text("db_id") + " has "
                        + tables.size() + " tables");
            }
            columns.add(new NumberedColumn(
                    table,
                    names.path(i).path(1).asText(),
                    types.path(i).asText("").toLowerCase(Locale.ROOT),
                    primaryKeys.contains(i)));
        }
        List<KeyPair> keys = new ArrayList<>();
        array(row, "foreign_keys")
                .forEach(pair -> keys.add(
                        new KeyPair(pair.path(0).asInt(-1), pair.path(1).asInt(-1))));
        return new SpiderDatabase(row, row.filledText("db_id"), tables, columns, keys);
    }

    /** Collects numbers. A key of several columns is a nested array in later data sets such as BIRD. */
    private static void collectNumbers(JsonNode node, List<Integer> numbers) {
        if (node.isInt()) {
            numbers.add(node.intValue());
        }
        node.forEach(child -> collectNumbers(child, numbers));
    }

    private static JsonNode array(JsonRow row, String key) {
        JsonNode value = row.object().path(key);
        if (!value.isArray()) {
            throw row.fault("\"" + key + "\" is no array; take tables.json as Spider ships it");
        }
        return value;
    }

    /** Returns a column by its number; null if it doesn't exist or has no table. */
    private @Nullable NumberedColumn column(int number) {
        NumberedColumn column = number < 0 || number >= columns.size() ? null : columns.get(number);
        return column == null || column.table() < 0 ? null : column;
    }

    /**
     * Returns the schema for examples, without SQLite's internal tables, which three of Spider's schemas list.
     *
     * @param faults receives foreign keys that name no column; they are left out unless it throws
     */
    public Schema schema(RowFaults faults) {
        List<Table> shown = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            int table = i;
            if (!tables.get(i).toLowerCase(Locale.ROOT).startsWith("sqlite_")) {
                shown.add(new Table(
                        tables.get(i),
                        columns.stream()
                                .filter(column -> column.table() == table)
                                .map(column -> new Column(column.name(), column.type(), column.primaryKey()))
                                .toList()));
            }
        }
        return new Schema(id, shown, keys(faults));
    }

    private List<ForeignKey> keys(RowFaults faults) {
        List<ForeignKey> keys = new ArrayList<>();
        for (KeyPair pair : foreignKeys) {
            NumberedColumn from = column(pair.from());
            NumberedColumn to = column(pair.to());
            if (from == null || to == null) {
                faults.broken(
                        row.fault("foreign key [" + pair.from() + "," + pair.to() + "] of " + id + " names no column"));
            } else {
                keys.add(new ForeignKey(tables.get(from.table()), from.name(), tables.get(to.table()), to.name()));
            }
        }
        return keys;
    }
}
