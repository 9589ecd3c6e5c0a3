package org.sqltune.evaluation.spider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.evaluation.spider.grammar.QuerySchema;
import org.sqltune.evaluation.spider.match.ForeignKeys;

/** The tables, columns and foreign keys that {@code tables.json} lists, by database. */
public final class SpiderSchemas {
    private final Path file;
    private final Map<String, Entry> entries = new HashMap<>();

    private SpiderSchemas(Path file) {
        this.file = file;
    }

    /**
     * Reads Spider's {@code tables.json}.
     *
     * @throws SqlTuneException if it can't be read, or isn't in Spider's form
     */
    public static SpiderSchemas read(Path file) {
        SpiderSchemas schemas = new SpiderSchemas(file);
        try {
            JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
            root.forEach(schemas::add);
        } catch (JsonProcessingException e) {
            throw schemas.malformed("it isn't JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e + "; check the path", e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw schemas.malformed("a database lacks a key, or an index points nowhere", e);
        }
        return schemas;
    }

    /** The tables and columns of a database; used where the database itself is missing. */
    QuerySchema schema(String databaseId) {
        return entry(databaseId).schema();
    }

    /** Tables and columns as the rest of the product has them; null if the file has no such database. */
    @Nullable
    Schema structure(String databaseId) {
        Entry entry = entries.get(databaseId);
        return entry == null ? null : entry.structure();
    }

    /** Which columns count as one. */
    ForeignKeys foreignKeys(String databaseId) {
        return entry(databaseId).foreignKeys();
    }

    private Entry entry(String databaseId) {
        Entry entry = entries.get(databaseId);
        if (entry == null) {
            throw new SqlTuneException(file + " has no database \"" + databaseId
                    + "\"; take the tables.json that belongs to the gold file");
        }
        return entry;
    }

    private void add(JsonNode database) {
        List<String> tables = new ArrayList<>();
        database.required("table_names_original").forEach(table -> tables.add(table.asText()));
        Map<String, List<String>> columns = new LinkedHashMap<>();
        tables.forEach(table -> columns.put(table, new ArrayList<>()));
        List<String> ids = new ArrayList<>();
        for (JsonNode column : database.required("column_names_original")) {
            int table = column.required(0).asInt();
            String name = column.required(1).asText();
            // The first entry is the star, of no table.
            ids.add(table < 0 ? name : QuerySchema.columnId(tables.get(table), name));
            if (table >= 0) {
                columns.computeIfAbsent(tables.get(table), added -> new ArrayList<>())
                        .add(name);
            }
        }
        List<List<Integer>> keys = new ArrayList<>();
        for (JsonNode key : database.required("foreign_keys")) {
            keys.add(List.of(key.required(0).asInt(), key.required(1).asInt()));
        }
        entries.put(
                database.required("db_id").asText(),
                new Entry(new QuerySchema(columns), ForeignKeys.of(ids, keys), structure(columns)));
    }

    private static Schema structure(Map<String, List<String>> columns) {
        List<Table> tables = new ArrayList<>();
        columns.forEach((table, names) -> tables.add(new Table(
                table, names.stream().map(name -> new Column(name, "", false)).toList())));
        return new Schema("", tables, List.of());
    }

    private SqlTuneException malformed(String what, Exception cause) {
        return new SqlTuneException("Can't use " + file + ": " + what + "; take tables.json as Spider ships it", cause);
    }

    private record Entry(QuerySchema schema, ForeignKeys foreignKeys, Schema structure) {}
}
