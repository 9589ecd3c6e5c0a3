package org.sqltune.data.spider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.RowFaults;

/**
 * Reads Spider's {@code tables.json} (format: <a
 * href="https://github.com/taoyds/spider#tables">github.com/taoyds/spider</a>): columns are numbered over the whole
 * database, number 0 is {@code *}, and keys are column numbers.
 */
public final class SpiderTables {
    private SpiderTables() {}

    /**
     * Reads the schemas by database id, with the original names.
     *
     * @throws org.sqltune.core.SqlTuneException if the file is missing or broken; the message names file and line
     */
    public static Map<String, Schema> read(Path file) {
        return read(file, RowFaults.STRICT);
    }

    /**
     * Reads the schemas and passes broken descriptions and foreign keys that name no column to {@code faults}; these
     * are left out unless it throws.
     */
    public static Map<String, Schema> read(Path file, RowFaults faults) {
        Map<String, Schema> schemas = new HashMap<>();
        forEach(file, faults, row -> {
            SpiderDatabase database = SpiderDatabase.of(row);
            requireArray(row, "column_types");
            requireArray(row, "primary_keys");
            schemas.put(database.id(), database.schema(faults));
        });
        return schemas;
    }

    /**
     * Reads the unchanged descriptions, in the file's order, with Spider's column numbers. Types and primary keys may
     * be missing.
     *
     * @throws org.sqltune.core.SqlTuneException if the file is missing or broken; the message names file and line
     */
    public static List<SpiderDatabase> databases(Path file) {
        List<SpiderDatabase> databases = new ArrayList<>();
        forEach(file, RowFaults.STRICT, row -> databases.add(SpiderDatabase.of(row)));
        return databases;
    }

    private static void forEach(Path file, RowFaults faults, JsonRows.Action action) {
        Set<String> ids = new HashSet<>();
        JsonRows.forEach(file, faults, row -> {
            String id = row.filledText("db_id");
            if (ids.contains(id)) {
                throw row.fault("database " + id + " is described twice; remove one");
            }
            action.accept(row);
            ids.add(id);
        });
    }

    private static void requireArray(JsonRow row, String key) {
        if (!row.object().path(key).isArray()) {
            throw row.fault("\"" + key + "\" is no array; take tables.json as Spider ships it");
        }
    }
}
