package org.sqltune.data.spider;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.RowFaults;

/**
 * Spider's {@code tables.json} (format: <a
 * href="https://github.com/taoyds/spider#tables">github.com/taoyds/spider</a>): columns are numbered over the whole
 * database, number 0 being {@code *}, and keys are such numbers. SQLite's own tables, which three of the schemas list, are
 * left out.
 */
public final class SpiderTables {
    private final RowFaults faults;

    private SpiderTables(RowFaults faults) {
        this.faults = faults;
    }

    /**
     * Reads the schemas by database id, with the original names.
     *
     * @throws org.sqltune.core.SqlTuneException if the file is missing or broken: names file and line
     */
    public static Map<String, Schema> read(Path file) {
        return read(file, RowFaults.STRICT);
    }

    /**
     * The same, telling {@code faults} of databases whose description is broken, and of foreign keys that name no column,
     * which are left out if the reading goes on.
     */
    public static Map<String, Schema> read(Path file, RowFaults faults) {
        SpiderTables tables = new SpiderTables(faults);
        Map<String, Schema> schemas = new HashMap<>();
        JsonRows.forEach(file, faults, row -> {
            String id = row.filledText("db_id");
            if (schemas.putIfAbsent(id, tables.schema(row)) != null) {
                throw row.fault("database " + id + " is described twice; remove one");
            }
        });
        return schemas;
    }

    private Schema schema(JsonRow row) {
        List<String> names = tableNames(row);
        JsonNode columnNames = array(row, "column_names_original");
        JsonNode types = array(row, "column_types");
        Set<Integer> primaryKeys = new HashSet<>();
        collectNumbers(array(row, "primary_keys"), primaryKeys);

        List<List<Column>> columns = new ArrayList<>();
        names.forEach(name -> columns.add(new ArrayList<>()));
        for (int i = 0; i < columnNames.size(); i++) {
            int table = columnNames.path(i).path(0).asInt(-1);
            if (table >= names.size()) {
                throw row.fault("column " + i + " is of table " + table + ", but " + row.text("db_id") + " has "
                        + names.size() + " tables");
            }
            if (table >= 0) {
                String name = columnNames.path(i).path(1).asText();
                String type = types.path(i).asText("").toLowerCase(Locale.ROOT);
                columns.get(table).add(new Column(name, type, primaryKeys.contains(i)));
            }
        }
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!isInternal(names.get(i))) {
                tables.add(new Table(names.get(i), columns.get(i)));
            }
        }
        return new Schema(row.text("db_id"), tables, foreignKeys(row, names, columnNames));
    }

    private static List<String> tableNames(JsonRow row) {
        List<String> names = new ArrayList<>();
        array(row, "table_names_original").forEach(name -> names.add(name.asText()));
        return names;
    }

    private List<ForeignKey> foreignKeys(JsonRow row, List<String> tables, JsonNode columns) {
        List<ForeignKey> keys = new ArrayList<>();
        for (JsonNode pair : array(row, "foreign_keys")) {
            JsonNode from = columns.path(pair.path(0).asInt(-1));
            JsonNode to = columns.path(pair.path(1).asInt(-1));
            int fromTable = from.path(0).asInt(-1);
            int toTable = to.path(0).asInt(-1);
            if (fromTable < 0 || toTable < 0) {
                faults.broken(row.fault("foreign key " + pair + " of " + row.text("db_id") + " names no column"));
                continue;
            }
            keys.add(new ForeignKey(
                    tables.get(fromTable),
                    from.path(1).asText(),
                    tables.get(toTable),
                    to.path(1).asText()));
        }
        return keys;
    }

    private static boolean isInternal(String table) {
        return table.toLowerCase(Locale.ROOT).startsWith("sqlite_");
    }

    /** A key of several columns is a nested array in data sets that followed Spider, such as BIRD. */
    private static void collectNumbers(JsonNode node, Set<Integer> numbers) {
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
}
