package org.sqltune.data.rows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.rows.JsonRows.Action;

/** Reads rows from a file, whose name determines its format: JSON Lines, JSON, CSV, TSV or Parquet. */
public final class RowFiles {
    /** The extensions of files with rows. */
    public static final List<String> ENDINGS = List.of(".parquet", ".jsonl", ".json", ".csv", ".tsv");

    private static final String PARQUET_READER = "blue.strategic.parquet.ParquetReader";
    private static final String PARQUET_LIBRARY = "blue.strategic.parquet:parquet-floor";

    private RowFiles() {}

    /**
     * Passes every row to {@code action}, with one row in memory at a time. Other extensions count as JSON.
     *
     * @param faults is notified of every row, and of rows that are broken or for which {@code action} throws
     * @throws SqlTuneException if the file is missing or has no rows, if it is Parquet and the class path lacks the
     *     Parquet library, or if {@code faults} throws it
     */
    public static void forEach(Path file, RowFaults faults, Action action) {
        forEach(file, Wanted.ALL, faults, action);
    }

    /** Passes every row to {@code action}, but reads only the wanted fields of Parquet files. */
    public static void forEach(Path file, Wanted wanted, RowFaults faults, Action action) {
        TextFiles.requireFile(file);
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            requireParquet(file, RowFiles.class.getClassLoader());
            ParquetRows.forEach(file, wanted, faults, action);
        } else if (isSeparated(file)) {
            CsvRows.forEach(file, faults, action);
        } else {
            JsonRows.forEach(file, faults, action);
        }
    }

    /** Returns the first row with the wanted fields; otherwise like {@link #forEach}. */
    static JsonRow first(Path file, Wanted wanted) {
        try {
            forEach(file, wanted, RowFaults.STRICT, row -> {
                throw new Found(row);
            });
        } catch (Found found) {
            return found.row;
        }
        throw new SqlTuneException(file + " is empty: it needs at least one row");
    }

    /** Returns whether a file's name is that of CSV or TSV. */
    static boolean isSeparated(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".tsv");
    }

    /** Requires the Parquet library, which is an optional dependency of this module. */
    static void requireParquet(Path file, @Nullable ClassLoader loader) {
        try {
            Class.forName(PARQUET_READER, false, loader);
        } catch (ClassNotFoundException e) {
            throw new SqlTuneException(
                    file + ": the class path has no library that reads Parquet files: add " + PARQUET_LIBRARY
                            + ", or convert the file to .jsonl or .csv",
                    e);
        }
    }

    /** Returns whether a name is that of a file with rows. */
    public static boolean isRowFile(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Thrown to stop reading early. */
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient JsonRow row;

        Found(JsonRow row) {
            super(null, null, false, false);
            this.row = row;
        }
    }
}
