package org.sqltune.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportFiles;

/**
 * An evaluation's scores and the predictions they were counted from.
 *
 * @param report the scores
 * @param predictions in the examples' order, those of missing databases left out
 */
public record Evaluation(EvaluationReport report, List<ScoredPrediction> predictions) {
    /** The file of the predictions, one JSON object a line. */
    public static final String PREDICTIONS_FILE = ReportFiles.PREDICTIONS;

    /** The file of the scores. */
    public static final String REPORT_FILE = ReportFiles.REPORT;

    public Evaluation {
        predictions = List.copyOf(predictions);
    }

    /**
     * The scores with every row, for files and pages.
     *
     * @param provenance what was evaluated
     */
    public Report toReport(Provenance provenance) {
        return new EvaluationReporter(this).report(provenance);
    }

    /**
     * Writes {@value #PREDICTIONS_FILE}, {@value #REPORT_FILE} and a page into a folder, each whole or not at all.
     *
     * @param folder made if it isn't there
     * @param provenance what was evaluated
     * @throws SqlTuneException if a file can't be written
     */
    public void writeTo(Path folder, Provenance provenance) {
        ReportFiles.write(toReport(provenance), folder);
    }
}
