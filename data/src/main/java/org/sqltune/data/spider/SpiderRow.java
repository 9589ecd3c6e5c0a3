package org.sqltune.data.spider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.RowFaults;

/**
 * A row of one of Spider's JSON files.
 *
 * @param id its file and its place there from 0, such as {@code dev-17}
 * @param databaseId the database
 * @param question the question
 * @param sql the gold SQL, without a closing semicolon
 */
record SpiderRow(String id, String databaseId, String question, String sql) {
    /**
     * Reads {@code train_spider.json}, {@code train_others.json} or {@code dev.json}.
     *
     * @param split what ids begin with
     * @throws org.sqltune.core.SqlTuneException if the file is missing or a row is broken: names file and line
     */
    static List<SpiderRow> read(Path file, String split) {
        return read(file, split, RowFaults.STRICT);
    }

    /** The same, telling {@code faults} of broken rows; places count them, too. */
    static List<SpiderRow> read(Path file, String split, RowFaults faults) {
        List<SpiderRow> rows = new ArrayList<>();
        int[] place = new int[1];
        JsonRows.forEach(
                file,
                faults,
                row -> rows.add(new SpiderRow(
                        split + "-" + place[0]++,
                        row.filledText("db_id"),
                        row.filledText("question"),
                        row.sql("query"))));
        return rows;
    }
}
