package org.sqltune.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.source.SchemaLookup;

/**
 * Reads the schemas for a user's own questions from {@code data.database}: one database for all rows, or a folder of
 * SQLite databases from which each row selects one by {@code db_id}.
 */
public final class AskedDatabase {
    private AskedDatabase() {}

    /** Returns the lookup of schemas. A single database is read immediately. */
    public static SchemaLookup of(DataSettings settings) {
        String database = settings.source().database();
        if (database == null) {
            return SchemaLookup.OF_ROW;
        }
        Integer samples = settings.schemas().schemaSampleValues();
        DatabaseIntrospection introspection = new DatabaseIntrospection(samples == null ? 0 : samples);
        Optional<DatabaseFolder> folder = folder(database);
        if (folder.isPresent()) {
            return new ByName(folder.get(), introspection);
        }
        Schema schema = introspection.read(database);
        return (row, mapping) -> schema;
    }

    /** Returns the folder that {@code data.database} names; empty if it names a single database or isn't set. */
    public static Optional<DatabaseFolder> folder(@Nullable String database) {
        try {
            return database != null && !database.startsWith("jdbc:") && Files.isDirectory(Path.of(database))
                    ? Optional.of(new DatabaseFolder(Path.of(database)))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static final class ByName implements SchemaLookup {
        private final DatabaseFolder folder;
        private final DatabaseIntrospection introspection;
        private final Map<String, Schema> known = new HashMap<>();

        ByName(DatabaseFolder folder, DatabaseIntrospection introspection) {
            this.folder = folder;
            this.introspection = introspection;
        }

        @Override
        public SchemaContent schema(JsonRow row, ColumnMapping mapping) {
            String id = row.filledText(mapping.name("db_id"));
            Path file = folder.locate(id)
                    .orElseThrow(() -> row.fault("there is no database " + id + " in " + folder.folder()
                            + "; put it at <db_id>/<db_id>.sqlite there, or correct the row"));
            return known.computeIfAbsent(id, missing -> introspection.read(file.toString()));
        }
    }
}
