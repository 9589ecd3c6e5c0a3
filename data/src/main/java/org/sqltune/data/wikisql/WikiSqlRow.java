package org.sqltune.data.wikisql;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.rows.JsonRows;

/**
 * A row of WikiSQL's {@code train.jsonl}, {@code dev.jsonl} or {@code test.jsonl}, for scoring.
 *
 * @param tableId the table's id
 * @param question in natural language
 * @param query the gold query
 */
public record WikiSqlRow(String tableId, String question, WikiSqlQuery query) {
    /**
     * Reads a file.
     *
     * @throws SqlTuneException if the file is missing or a row is broken; the message names file and line
     */
    public static List<WikiSqlRow> readGold(Path file) {
        List<WikiSqlRow> rows = new ArrayList<>();
        JsonRows.forEach(file, row -> {
            JsonNode sql = row.object().path("sql");
            try {
                rows.add(new WikiSqlRow(row.textOr("table_id", ""), row.textOr("question", ""), WikiSqlQuery.of(sql)));
            } catch (IllegalArgumentException e) {
                throw row.fault("no question of WikiSQL: " + e.getMessage() + "; take the file as WikiSQL ships it");
            }
        });
        return rows;
    }
}
