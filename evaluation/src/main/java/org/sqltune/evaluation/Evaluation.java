package org.sqltune.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportFiles;

/**
 * An evaluation's scores and the predictions they were counted from.
 *
 * @param report our own scores, counted up
 * @param predictions in the examples' order, those of missing databases left out
 * @param own our own scores, a row for each prediction
 * @param official the scores of benchmarks, each with a row for each prediction; empty if none was asked for
 */
public record Evaluation(
        EvaluationReport report,
        List<ScoredPrediction> predictions,
        BenchmarkScores own,
        List<BenchmarkScores> official) {
    /** The file of the predictions, one JSON object a line. */
    public static final String PREDICTIONS_FILE = ReportFiles.PREDICTIONS;

    /** The file of the scores. */
    public static final String REPORT_FILE = ReportFiles.REPORT;

    public Evaluation {
        predictions = List.copyOf(predictions);
        official = List.copyOf(official);
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
     * @throws org.sqltune.core.SqlTuneException if a file can't be written
     */
    public void writeTo(Path folder, Provenance provenance) {
        ReportFiles.write(toReport(provenance), folder);
    }
}
