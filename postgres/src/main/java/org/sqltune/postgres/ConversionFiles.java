package org.sqltune.postgres;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.postgres.ConversionResult.ConvertedDatabase;
import org.sqltune.postgres.ConversionResult.ConvertedExample;
import org.sqltune.postgres.proof.RejectReason;

/**
 * Writes the result of a conversion: {@code NAME_postgres.jsonl} with the proved rows in the form of {@code
 * data.train_file}, {@code NAME_postgres_rejected.jsonl} with the other rows and their reasons, and {@code
 * schemas/DATABASE.sql} with each database's DDL.
 */
public final class ConversionFiles {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;

    /** @param folder the folder of the files; created if missing */
    public ConversionFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes all files.
     *
     * @param name the beginning of the file names
     * @return the files, rows before schemas
     * @throws org.sqltune.core.SqlTuneException if a file can't be written
     */
    public List<Path> write(String name, ConversionResult result) {
        Map<String, String> schemas = new HashMap<>();
        result.databases().forEach(database -> schemas.put(database.databaseId(), database.schemaText()));
        Path proved = folder.resolve(name + "_postgres.jsonl");
        Path rejected = folder.resolve(name + "_postgres_rejected.jsonl");
        writeRows(proved, result.proved().map(example -> provedRow(example, schemas)));
        writeRows(rejected, result.rejected().map(ConversionFiles::rejectedRow));
        for (ConvertedDatabase database : result.databases()) {
            Path file = folder.resolve("schemas").resolve(database.databaseId() + ".sql");
            AtomicFiles.writeString(file, String.join(";\n\n", database.definition()) + ";\n");
        }
        return List.of(proved, rejected, folder.resolve("schemas"));
    }

    private static Map<String, @Nullable String> provedRow(ConvertedExample converted, Map<String, String> schemas) {
        Example example = converted.original();
        Map<String, @Nullable String> row = beginning(example);
        row.put("schema", schemas.getOrDefault(example.databaseId(), text(example.schema())));
        row.put("sql", converted.verdict().sql());
        row.put("sqlite_sql", example.sql());
        if (example.explanation() != null) {
            row.put("explanation", example.explanation());
        }
        return row;
    }

    private static Map<String, @Nullable String> rejectedRow(ConvertedExample converted) {
        Map<String, @Nullable String> row = beginning(converted.original());
        row.put("sqlite_sql", converted.original().sql());
        row.put("sql", converted.verdict().sql());
        RejectReason reason = converted.verdict().reason();
        row.put("reason", reason == null ? null : reason.label());
        row.put("detail", converted.verdict().detail());
        return row;
    }

    private static Map<String, @Nullable String> beginning(Example example) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("id", example.id());
        row.put("db_id", example.databaseId());
        row.put("question", example.question());
        return row;
    }

    private static String text(SchemaContent schema) {
        return schema instanceof VerbatimSchema verbatim ? verbatim.text() : ((Schema) schema).databaseId();
    }

    private static void writeRows(Path file, Stream<Map<String, @Nullable String>> rows) {
        AtomicFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out);
            for (Map<String, @Nullable String> row : (Iterable<Map<String, @Nullable String>>) rows::iterator) {
                buffered.write(MAPPER.writeValueAsBytes(row));
                buffered.write('\n');
            }
            buffered.flush();
        });
    }
}
