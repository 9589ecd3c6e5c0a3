package org.sqltune.evaluation.report;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;

/** The files of a report, each whole or not there. */
public final class ReportFiles {
    /** Every score and every row. */
    public static final String REPORT = "report.json";
    /** The rows, one JSON object a line. */
    public static final String PREDICTIONS = "predictions.jsonl";
    /** The report on a page. */
    public static final String PAGE = "report.html";

    private ReportFiles() {}

    /**
     * Writes all of them.
     *
     * @param folder made if it isn't there
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
