package org.sqltune.data.bird;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;

/**
 * A row of BIRD's {@code train.json}, {@code dev.json} or {@code mini_dev.json}.
 *
 * @param id its {@code question_id}; empty if it has none, as in train.json
 * @param databaseId the database
 * @param question in natural language
 * @param evidence the knowledge that the answer requires; may be empty
 * @param query the gold SQL, unchanged
 * @param difficulty {@code simple}, {@code moderate}, {@code challenging}, or empty
 */
public record BirdRow(String id, String databaseId, String question, String evidence, String query, String difficulty) {
    /**
     * Reads a file for scoring: rows need a {@code db_id} and an {@code SQL}.
     *
     * @throws org.sqltune.core.SqlTuneException if the file is missing or a row is broken; the message names file and
     *     line
     */
    public static List<BirdRow> readGold(Path file) {
        List<BirdRow> rows = new ArrayList<>();
        JsonRows.forEach(file, row -> rows.add(of(row)));
        return rows;
    }

    static BirdRow of(JsonRow row) {
        return new BirdRow(
                row.textOr("question_id", ""),
                row.text("db_id"),
                row.textOr("question", ""),
                row.textOr("evidence", ""),
                row.text("SQL"),
                row.textOr("difficulty", ""));
    }
}
