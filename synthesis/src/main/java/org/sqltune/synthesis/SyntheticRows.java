package org.sqltune.synthesis;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.sql.hardness.QueryHardness;

/** Writes synthetic pairs as rows that {@code data.train_file} accepts. */
public final class SyntheticRows {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SyntheticRows() {}

    /**
     * Writes JSON Lines of {@code id, db_id, question, schema, sql, category, hardness, template}.
     *
     * @param schema the database's schema as prompts show it
     * @throws org.sqltune.core.SqlTuneException if the file can't be written
     */
    public static void write(Path file, String databaseId, String schema, List<SyntheticPair> pairs) {
        AtomicFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out);
            for (int i = 0; i < pairs.size(); i++) {
                buffered.write(MAPPER.writeValueAsBytes(row(databaseId + "-" + i, databaseId, schema, pairs.get(i))));
                buffered.write('\n');
            }
            buffered.flush();
        });
    }

    private static Map<String, String> row(String id, String databaseId, String schema, SyntheticPair pair) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("db_id", databaseId);
        row.put("question", pair.question());
        row.put("schema", schema);
        row.put("sql", pair.sql());
        row.put("category", pair.category().name().toLowerCase(Locale.ROOT));
        row.put("hardness", QueryHardness.of(pair.sql()).label());
        row.put("template", pair.templateId());
        return row;
    }
}
