package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/** Reads the schema of a connection through JDBC's metadata: tables, columns with types and comments, keys. */
final class MetadataReader {
    private final Connection connection;
    private final DatabaseMetaData metadata;
    private final @Nullable String schemaName;

    MetadataReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.metadata = connection.getMetaData();
        this.schemaName = connection.getSchema();
    }

    Schema read() throws SQLException {
        List<Table> tables = new ArrayList<>();
        List<ForeignKey> keys = new ArrayList<>();
        for (String table : tableNames()) {
            tables.add(new Table(table, columns(table)));
            keys.addAll(foreignKeys(table));
        }
        Set<String> names = new HashSet<>(tables.stream().map(Table::name).toList());
        // A key may lead into a schema that isn't read.
        keys.removeIf(key -> !names.contains(key.referencedTable()));
        return new Schema(String.valueOf(connection.getCatalog()), tables, keys);
    }

    private List<String> tableNames() throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = metadata.getTables(
                connection.getCatalog(), pattern(schemaName), "%", new String[] {"TABLE", "PARTITIONED TABLE"})) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private List<Column> columns(String table) throws SQLException {
        Set<String> primaryKey = new HashSet<>();
        try (ResultSet rows = metadata.getPrimaryKeys(connection.getCatalog(), schemaName, table)) {
            while (rows.next()) {
                primaryKey.add(rows.getString("COLUMN_NAME"));
            }
        }
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = metadata.getColumns(connection.getCatalog(), pattern(schemaName), pattern(table), "%")) {
            while (rows.next()) {
                String name = rows.getString("COLUMN_NAME");
                String type = rows.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
                String comment = rows.getString("REMARKS");
                Column column = new Column(name, type, primaryKey.contains(name));
                columns.add(comment == null ? column : column.withComment(comment));
            }
        }
        return columns;
    }

    private List<ForeignKey> foreignKeys(String table) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (ResultSet rows = metadata.getImportedKeys(connection.getCatalog(), schemaName, table)) {
            while (rows.next()) {
                keys.add(new ForeignKey(
                        table,
                        rows.getString("FKCOLUMN_NAME"),
                        rows.getString("PKTABLE_NAME"),
                        rows.getString("PKCOLUMN_NAME")));
            }
        }
        return keys;
    }

    /** Some arguments are patterns, in which a name's own {@code _} and {@code %} would match anything. */
    private @Nullable String pattern(@Nullable String name) throws SQLException {
        if (name == null) {
            return null;
        }
        String escape = metadata.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }
}
