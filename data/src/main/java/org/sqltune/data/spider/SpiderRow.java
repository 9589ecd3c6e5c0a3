package org.sqltune.data.spider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.RowFaults;

/**
 * A row of one of Spider's JSON files.
 *
 * @param id its file and its position there from 0, such as {@code dev-17}
 * @param databaseId the database
 * @param question the question; empty if the file has none
 * @param query the gold SQL, unchanged
 */
public record SpiderRow(String id, String databaseId, String question, String query) {
    /**
     * Reads {@code dev.json}, or another file of its form, for scoring: rows need a {@code db_id} and a {@code
     * query}.
     *
     * @param split the prefix of ids
     * @throws org.sqltune.core.SqlTuneException if the file is missing or a row is broken; the message names file and
     *     line
     */
    public static List<SpiderRow> readGold(Path file, String split) {
        List<SpiderRow> rows = new ArrayList<>();
        JsonRows.forEach(
                file,
                row -> rows.add(new SpiderRow(
                        split + "-" + rows.size(), row.text("db_id"), row.textOr("question", ""), row.text("query"))));
        return rows;
    }

    /**
     * Reads {@code train_spider.json}, {@code train_others.json} or {@code dev.json} for training: rows also need a
     * question, and no field may be empty.
     *
     * @param split the prefix of ids
     * @throws org.sqltune.core.SqlTuneException if the file is missing or a row is broken; the message names file and
     *     line
     */
    static List<SpiderRow> read(Path file, String split) {
        return read(file, split, RowFaults.STRICT);
    }

    /** Reads a file for training and passes broken rows to {@code faults}; positions include them. */
    static List<SpiderRow> read(Path file, String split, RowFaults faults) {
        List<SpiderRow> rows = new ArrayList<>();
        int[] place = new int[1];
        JsonRows.forEach(file, faults, row -> rows.add(filled(row, split + "-" + place[0]++)));
        return rows;
    }

    private static SpiderRow filled(JsonRow row, String id) {
        SpiderRow read =
                new SpiderRow(id, row.filledText("db_id"), row.filledText("question"), row.filledText("query"));
        row.sql("query");
        return read;
    }

    /** Returns the gold SQL, stripped and without closing semicolon. */
    public String sql() {
        return JsonRow.withoutSemicolons(query);
    }
}
