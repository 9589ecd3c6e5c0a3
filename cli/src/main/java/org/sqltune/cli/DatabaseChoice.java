package org.sqltune.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.synthesis.demo.DemoDatabases;

/** What {@code --schema} and {@code --db} name: a text, a file with a text, an SQLite file or a demo database. */
final class DatabaseChoice {
    private final @Nullable String schema;
    private final @Nullable Path database;
    private final DemoDatabases demo;
    private final int samples;

    /** @param samples values of each column that the schema is to have, as {@code data.schema_sample_values} */
    DatabaseChoice(@Nullable String schema, @Nullable Path database, DemoDatabases demo, @Nullable Integer samples) {
        this.schema = schema;
        this.database = database;
        this.demo = demo;
        this.samples = samples == null ? 0 : samples;
    }

    /** The schema; null if neither option is given. */
    @Nullable
    SchemaContent schema() {
        Path file = file();
        if (file != null) {
            return new DatabaseIntrospection(samples).read(file.toString());
        }
        return schema == null ? null : new VerbatimSchema(textOf(schema));
    }

    /**
     * The schema.
     *
     * @throws ConfigException if neither option is given
     */
    SchemaContent requireSchema() {
        SchemaContent content = schema();
        if (content == null) {
            throw new ConfigException("infer", List.of(noSchema()));
        }
        return content;
    }

    /**
     * The SQLite file.
     *
     * @throws ConfigException if {@code --db} isn't given
     */
    Path requireFile() {
        Path file = file();
        if (file == null) {
            throw new ConfigException("infer", List.of(noDatabase()));
        }
        return file;
    }

    /** The SQLite file; null if {@code --db} isn't given. A demo database's name works where no such file is. */
    @Nullable
    Path file() {
        if (database == null || Files.exists(database) || !DemoDatabases.IDS.contains(database.toString())) {
            return database;
        }
        demo.materialise();
        return demo.file(database.toString());
    }

    private static String noSchema() {
        return noDatabase() + ", or --schema TEXT";
    }

    private static String noDatabase() {
        return "which tables? Give --db FILE.sqlite, or --db with the name of a demo database ("
                + String.join(", ", DemoDatabases.IDS) + ")";
    }

    private static String textOf(String textOrFile) {
        try {
            Path file = Path.of(textOrFile);
            return Files.isRegularFile(file) ? Files.readString(file) : textOrFile;
        } catch (InvalidPathException e) {
            return textOrFile;
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the schema " + textOrFile + ": " + e + ". Save it as UTF-8 text", e);
        }
    }
}
