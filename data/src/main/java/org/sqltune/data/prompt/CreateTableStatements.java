package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.TableForm;

/**
 * Writes SQL that creates the tables in an empty database of the schema's kind, one line per table, with names quoted
 * if necessary; comments and samples are SQL comments after their column. PostgreSQL accepts no key to a missing
 * table, so referenced tables come first, and keys of a cycle after the tables.
 *
 * @param detail the details to show
 */
record CreateTableStatements(SchemaDetail detail) implements SchemaWriter {
    @Override
    public String table(Table table, SchemaIndex index) {
        return table(table, index, index.from(table.name()));
    }

    @Override
    public String column(Column column, SqlDialect dialect) {
        return definition(column, "", dialect);
    }

    @Override
    public List<String> keys(SchemaIndex index) {
        return List.of();
    }

    @Override
    public String write(Schema schema) {
        SchemaIndex index = new SchemaIndex(schema);
        List<String> lines = new ArrayList<>();
        schema.types().forEach(type -> lines.add(type.statement()));
        if (!schema.dialect().isPostgres()) {
            schema.tables().forEach(table -> lines.add(table(table, index)));
            return String.join("\n", lines);
        }
        List<String> late = new ArrayList<>();
        Set<Integer> made = new HashSet<>();
        for (int number : index.referredFirst()) {
            made.add(number);
            Table table = schema.tables().get(number);
            List<ForeignKey> early = new ArrayList<>();
            for (ForeignKey key : index.from(table.name())) {
                if (made.contains(index.number(key.referencedTable()))) {
                    early.add(key);
                } else if (detail.foreignKeys()) {
                    late.add("ALTER TABLE " + name(table.name(), index) + " ADD " + foreignKey(key, index) + ";");
                }
            }
            lines.add(table(table, index, early));
        }
        lines.addAll(late);
        return String.join("\n", lines);
    }

    private String table(Table table, SchemaIndex index, List<ForeignKey> keys) {
        if (table.form() instanceof TableForm.View view) {
            return view(table, view, index);
        }
        if (table.form() instanceof TableForm.Virtual virtual) {
            return "CREATE VIRTUAL TABLE " + name(table.name(), index) + " USING " + virtual.module() + ";"
                    + notes(table, index);
        }
        return "CREATE TABLE " + name(table.name(), index) + " (" + String.join(", ", parts(table, index, keys)) + ")"
                + options(table) + ";";
    }

    private List<String> parts(Table table, SchemaIndex index, List<ForeignKey> keys) {
        SqlDialect dialect = index.dialect();
        List<String> primaryKey = detail.primaryKeys() ? table.primaryKey() : List.of();
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            boolean alone = primaryKey.size() == 1 && column.primaryKey();
            parts.add(definition(column, alone ? " PRIMARY KEY" : "", dialect));
        }
        if (primaryKey.size() > 1) {
            parts.add("PRIMARY KEY (" + NameSpelling.list(primaryKey, dialect) + ")");
        }
        if (detail.foreignKeys()) {
            unique(table, primaryKey, index).forEach(columns -> parts.add("UNIQUE (" + columns + ")"));
            keys.forEach(key -> parts.add(foreignKey(key, index)));
        }
        return parts;
    }

    /** Returns UNIQUE constraints for referenced columns that aren't the primary key, which PostgreSQL requires. */
    private static List<String> unique(Table table, List<String> primaryKey, SchemaIndex index) {
        if (index.dialect() != SqlDialect.POSTGRES) {
            return List.of();
        }
        Set<Set<String>> known = new HashSet<>();
        known.add(Set.copyOf(primaryKey));
        return index.to(table.name()).stream()
                .map(ForeignKey::referencedColumns)
                .filter(columns -> known.add(Set.copyOf(columns)))
                .map(columns -> NameSpelling.list(columns, index.dialect()))
                .toList();
    }

    /** Returns the table's options; empty for WITHOUT ROWID if keys aren't shown, since it requires a primary key. */
    private String options(Table table) {
        String options = table.form() instanceof TableForm.Rows rows ? rows.options() : "";
        boolean possible = detail.primaryKeys() || !options.contains("ROWID");
        return options.isEmpty() || !possible ? "" : " " + options;
    }

    private String view(Table table, TableForm.View view, SchemaIndex index) {
        if (view.query().isEmpty()) {
            String columns = table.columns().stream()
                    .map(column -> (name(column.name(), index) + " " + column.type()).strip())
                    .collect(Collectors.joining(", "));
            return comment(view.kind() + " " + name(table.name(), index) + " (" + columns + ")", index.dialect());
        }
        String columns = table.columns().stream()
                .map(column -> name(column.name(), index) + described(column, index.dialect()))
                .collect(Collectors.joining(", "));
        return "CREATE " + view.kind() + " " + name(table.name(), index) + " (" + columns + ") AS " + view.query()
                + ";";
    }

    private String described(Column column, SqlDialect dialect) {
        String notes = ColumnNotes.of(column, detail);
        String between = column.type().isEmpty() || notes.isEmpty() ? "" : "; ";
        String all = column.type() + between + notes;
        return all.isEmpty() ? "" : " " + comment(all, dialect);
    }

    /** Returns the notes of a virtual table, since its module's arguments can't contain comments. */
    private String notes(Table table, SchemaIndex index) {
        String notes = table.columns().stream()
                .filter(column -> !ColumnNotes.of(column, detail).isEmpty())
                .map(column -> name(column.name(), index) + ": " + ColumnNotes.of(column, detail))
                .collect(Collectors.joining("; "));
        return notes.isEmpty() ? "" : " " + comment(notes, index.dialect());
    }

    private String definition(Column column, String key, SqlDialect dialect) {
        String type = column.type().isEmpty() ? "" : " " + ColumnNotes.oneLine(column.type());
        String generation = column.generation().isEmpty() ? "" : " " + column.generation();
        String notes = ColumnNotes.of(column, detail);
        return NameSpelling.quoted(column.name(), dialect)
                + type
                + key
                + generation
                + (notes.isEmpty() ? "" : " " + comment(notes, dialect));
    }

    private static String foreignKey(ForeignKey key, SchemaIndex index) {
        return "FOREIGN KEY (" + NameSpelling.list(key.columns(), index.dialect()) + ") REFERENCES "
                + name(key.referencedTable(), index) + " ("
                + NameSpelling.list(key.referencedColumns(), index.dialect()) + ")";
    }

    private static String name(String name, SchemaIndex index) {
        return NameSpelling.quoted(name, index.dialect());
    }

    /** Returns an SQL comment. PostgreSQL's comments nest, so its text may contain neither comment mark. */
    private static String comment(String text, SqlDialect dialect) {
        String closed = ColumnNotes.oneLine(text).replace("*/", "* /");
        return "/* " + (dialect.isPostgres() ? closed.replace("/*", "/ *") : closed) + " */";
    }
}
