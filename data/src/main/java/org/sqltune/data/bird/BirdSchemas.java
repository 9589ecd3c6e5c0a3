package org.sqltune.data.bird;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.Table;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.spider.SpiderTables;

/**
 * The schemas of a part of BIRD: from its tables file, else from the databases, with the comments of {@code
 * database_description/<table>.csv} if there are any.
 */
final class BirdSchemas {
    private final BirdPart part;
    private final Map<String, Schema> described;
    private final Map<String, Optional<Schema>> found = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    BirdSchemas(BirdPart part, RowFaults faults) {
        this.part = part;
        Path tables = part.tables();
        this.described = tables == null ? Map.of() : SpiderTables.read(tables, faults);
    }

    /** Returns the schema of a database; empty if it is unknown. */
    Optional<Schema> find(String databaseId) {
        return found.computeIfAbsent(databaseId, this::read);
    }

    /** Returns notes on files that couldn't be read. */
    List<String> notes() {
        return notes;
    }

    private Optional<Schema> read(String databaseId) {
        Schema schema = described.get(databaseId);
        Optional<Path> file =
                part.databases() == null ? Optional.empty() : part.databases().locate(databaseId);
        if (schema == null && file.isPresent()) {
            schema = new SchemaReader().read(file.get());
        }
        if (schema == null || file.isEmpty()) {
            return Optional.ofNullable(schema);
        }
        return Optional.of(commented(schema, file.get().resolveSibling("database_description")));
    }

    private Schema commented(Schema schema, Path descriptions) {
        List<Table> tables = new ArrayList<>();
        for (Table table : schema.tables()) {
            Path file = descriptions.resolve(table.name() + ".csv");
            Map<String, String> comments = Files.isRegularFile(file) ? comments(file) : Map.of();
            List<Column> columns = table.columns().stream()
                    .map(column -> column.withComment(
                            comments.getOrDefault(column.name().toLowerCase(Locale.ROOT), "")))
                    .toList();
            tables.add(table.withColumns(columns));
        }
        return schema.withTables(tables);
    }

    /** Reads comments by column in lower case. Unreadable comments are left out, since they are optional. */
    private Map<String, String> comments(Path file) {
        Map<String, String> comments = new HashMap<>();
        Intake intake = new Intake(file, true);
        try {
            RowFiles.forEach(file, intake, row -> {
                String comment = row.textOr("column_description", "").strip();
                if (row.has("original_column_name") && !comment.isEmpty()) {
                    comments.put(row.text("original_column_name").strip().toLowerCase(Locale.ROOT), comment);
                }
            });
            notes.addAll(intake.brokenNotes());
        } catch (SqlTuneException e) {
            notes.add("Comments left out: " + e.getMessage());
        }
        return comments;
    }
}
