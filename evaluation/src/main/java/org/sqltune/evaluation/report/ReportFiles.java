package org.sqltune.evaluation.report;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;

/** Writes the files of a report, each atomically. */
public final class ReportFiles {
    /** The name of the file with every score and every row. */
    public static final String REPORT = "report.json";
    /** The name of the file with the rows, one JSON object per line. */
    public static final String PREDICTIONS = "predictions.jsonl";
    /** The name of the HTML page. */
    public static final String PAGE = "report.html";

    private ReportFiles() {}

    /**
     * Writes all files.
     *
     * @param folder created if it doesn't exist
     * @throws SqlTuneException if a file can't be written
     */
    public static void write(Report report, Path folder) {
        writeRows(report, folder.resolve(PREDICTIONS));
        AtomicFiles.writeString(folder.resolve(PAGE), new ReportPage(report).source());
        writeReport(report, folder.resolve(REPORT));
    }

    /**
     * Writes every row with its scores, as JSON Lines.
     *
     * @throws SqlTuneException if the file can't be written
     */
    public static void writeRows(Report report, Path file) {
        AtomicFiles.write(file, out -> ReportJson.writeRows(report, out));
    }

    /**
     * Writes {@value #REPORT} alone.
     *
     * @throws SqlTuneException if the file can't be written
     */
    public static void writeReport(Report report, Path file) {
        AtomicFiles.write(file, out -> ReportJson.writeReport(report, out));
    }
}
