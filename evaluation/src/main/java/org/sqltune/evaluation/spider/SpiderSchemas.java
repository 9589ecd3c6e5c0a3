package org.sqltune.evaluation.spider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.spider.SpiderDatabase;
import org.sqltune.data.spider.SpiderTables;
import org.sqltune.evaluation.spider.grammar.QuerySchema;
import org.sqltune.evaluation.spider.match.ForeignKeys;

/**
 * The tables, columns and foreign keys that {@code tables.json} lists, by database, as the official evaluators see
 * them.
 */
public final class SpiderSchemas {
    private static final SchemaContent UNKNOWN = new VerbatimSchema("");

    private final Path file;
    private final Map<String, Entry> entries = new HashMap<>();

    private SpiderSchemas(Path file) {
        this.file = file;
    }

    /**
     * Reads Spider's {@code tables.json}.
     *
     * @throws SqlTuneException if the file can't be read, or isn't in Spider's form
     */
    public static SpiderSchemas read(Path file) {
        SpiderSchemas schemas = new SpiderSchemas(file);
        SpiderTables.databases(file).forEach(schemas::add);
        return schemas;
    }

    /** Returns whether the file describes the database. */
    boolean has(String databaseId) {
        return entries.containsKey(databaseId);
    }

    /** Returns the tables and columns of a database; used if the database file is missing. */
    QuerySchema schema(String databaseId) {
        return entry(databaseId).schema();
    }

    /**
     * Returns a database's schema as the rest of SqlTune represents it; an empty text if the file has no such
     * database.
     */
    SchemaContent structure(String databaseId) {
        Entry entry = entries.get(databaseId);
        return entry == null ? UNKNOWN : entry.structure();
    }

    /** Returns which columns count as one because of foreign keys. */
    ForeignKeys foreignKeys(String databaseId) {
        return entry(databaseId).foreignKeys();
    }

    /**
     * Requires that the file describes a database.
     *
     * @throws SqlTuneException if it doesn't
     */
    void require(String databaseId) {
        entry(databaseId);
    }

    private Entry entry(String databaseId) {
        Entry entry = entries.get(databaseId);
        if (entry == null) {
            throw new SqlTuneException(file + " has no database \"" + databaseId
                    + "\"; take the tables.json that belongs to the gold file");
        }
        return entry;
    }

    private void add(SpiderDatabase database) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        database.tables().forEach(table -> columns.put(table, new ArrayList<>()));
        List<String> ids = new ArrayList<>();
        for (SpiderDatabase.NumberedColumn column : database.columns()) {
            if (column.table() < 0) {
                ids.add(column.name());
            } else {
                String table = database.tables().get(column.table());
                ids.add(QuerySchema.columnId(table, column.name()));
                columns.computeIfAbsent(table, added -> new ArrayList<>()).add(column.name());
            }
        }
        List<List<Integer>> keys = new ArrayList<>();
        for (SpiderDatabase.KeyPair key : database.foreignKeys()) {
            if (Math.min(key.from(), key.to()) < 0 || Math.max(key.from(), key.to()) >= ids.size()) {
                throw database.row()
                        .fault("a foreign key of " + database.id()
                                + " points nowhere; take tables.json as Spider ships it");
            }
            keys.add(List.of(key.from(), key.to()));
        }
        entries.put(
                database.id(),
                new Entry(new QuerySchema(columns), ForeignKeys.of(ids, keys), database.schema(RowFaults.STRICT)));
    }

    private record Entry(QuerySchema schema, ForeignKeys foreignKeys, SchemaContent structure) {}
}
