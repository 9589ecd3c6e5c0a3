package org.sqltune.data.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.parquet.ParquetTable;
import org.sqltune.data.rows.JsonRows.Action;

/** Reads Parquet files one row at a time, as objects with the wanted columns. */
final class ParquetRows {
    private static final String UNIT = "row";

    private ParquetRows() {}

    /**
     * Passes every row to {@code action}. A broken page ends the file and counts as one more broken row.
     *
     * @throws SqlTuneException if the file isn't a complete Parquet file, has none of the wanted columns or no rows,
     *     or if {@code faults} throws it
     */
    static void forEach(Path file, Wanted wanted, RowFaults faults, Action action) {
        try (ParquetTable table = ParquetTable.open(file, wanted::includes)) {
            if (table.asked().isEmpty()) {
                throw new SqlTuneException(file + " has none of the columns " + wanted + "; it has " + table.columns()
                        + ": rename them, or say what yours are called, such as data.columns.question=…");
            }
            List<String> unread = table.columns().stream()
                    .filter(name -> !wanted.includes(name))
                    .toList();
            int number = 1;
            ObjectNode object = next(table, faults);
            if (object == null && table.rowCount() == 0) {
                throw new SqlTuneException(file + " is empty: it needs at least one row");
            }
            while (object != null) {
                faults.row();
                try {
                    JsonRow row = new JsonRow(file, UNIT, number, object, unread);
                    if (table.fault() != null) {
                        throw row.fault("column " + table.fault() + "; write the file again with its texts in UTF-8");
                    }
                    action.accept(row);
                } catch (SqlTuneException fault) {
                    faults.broken(fault);
                }
                number++;
                object = next(table, faults);
            }
        }
    }

    /** Returns the next row; null at the end, or if nothing more can be read. */
    private static @Nullable ObjectNode next(ParquetTable table, RowFaults faults) {
        try {
            return table.next();
        } catch (SqlTuneException fault) {
            faults.row();
            faults.broken(fault);
            return null;
        }
    }
}
