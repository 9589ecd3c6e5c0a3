package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sqltune.core.config.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.VerbatimSchema;

/**
 * Writes schemas into prompts, a line a table. {@link SchemaFormat#TABLE} shows names and types, the names as they are;
 * {@link SchemaFormat#CREATE_TABLE} is SQL that SQLite and PostgreSQL run, with names quoted where needed and with
 * primary and foreign keys.
 */
public final class SchemaSerializer {
    private static final Pattern LINE_BREAKS = Pattern.compile("\\R+");

    private final SchemaFormat format;

    /** @param format how structured schemas are written */
    public SchemaSerializer(SchemaFormat format) {
        this.format = format;
    }

    /**
     * Writes a schema.
     *
     * @param content a structured schema, or a text, which is returned without the white space around it
     * @return lines without a closing line break; empty for a schema without tables
     */
    public String serialize(SchemaContent content) {
        if (content instanceof VerbatimSchema verbatim) {
            return verbatim.text().strip();
        }
        Schema schema = (Schema) content;
        return schema.tables().stream()
                .map(table -> format == SchemaFormat.TABLE ? tableLine(table) : createTable(table, schema))
                .collect(Collectors.joining("\n"));
    }

    private static String tableLine(Table table) {
        return table.columns().stream()
                .map(SchemaSerializer::nameAndType)
                .collect(Collectors.joining(", ", "TABLE: " + oneLine(table.name()) + " ( ", " )"));
    }

    private static String nameAndType(Column column) {
        String name = oneLine(column.name());
        return column.type().isEmpty() ? name : name + " (" + oneLine(column.type()) + ")";
    }

    private static String createTable(Table table, Schema schema) {
        List<String> primaryKey = table.columns().stream()
                .filter(Column::primaryKey)
                .map(column -> SqlIdentifiers.quotedIfNeeded(column.name()))
                .toList();
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            String type = column.type().isEmpty() ? "" : " " + oneLine(column.type());
            String key = column.primaryKey() && primaryKey.size() == 1 ? " PRIMARY KEY" : "";
            parts.add(SqlIdentifiers.quotedIfNeeded(column.name()) + type + key);
        }
        if (primaryKey.size() > 1) {
            parts.add("PRIMARY KEY (" + String.join(", ", primaryKey) + ")");
        }
        for (ForeignKey key : schema.foreignKeys()) {
            if (key.table().equalsIgnoreCase(table.name())) {
                parts.add(foreignKey(key));
            }
        }
        return "CREATE TABLE " + SqlIdentifiers.quotedIfNeeded(table.name()) + " (" + String.join(", ", parts) + ");";
    }

    private static String foreignKey(ForeignKey key) {
        return "FOREIGN KEY (" + SqlIdentifiers.quotedIfNeeded(key.column()) + ") REFERENCES "
                + SqlIdentifiers.quotedIfNeeded(key.referencedTable()) + " ("
                + SqlIdentifiers.quotedIfNeeded(key.referencedColumn()) + ")";
    }

    /** A line break inside a name would end its table's line. */
    private static String oneLine(String name) {
        return LINE_BREAKS.matcher(name).replaceAll(" ");
    }
}
