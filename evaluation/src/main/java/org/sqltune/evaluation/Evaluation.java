package org.sqltune.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportFiles;

/**
 * The result of an evaluation: its scores and the predictions that they count.
 *
 * @param report SqlTune's own scores, summed up
 * @param predictions in the examples' order, those of missing databases left out
 * @param own SqlTune's own scores, one row per prediction
 * @param official the official scores of benchmarks, each with one row per prediction; empty if none were requested
 */
public record Evaluation(
        EvaluationReport report,
        List<ScoredPrediction> predictions,
        BenchmarkScores own,
        List<BenchmarkScores> official) {
    /** The name of the predictions file: one JSON object per line. */
    public static final String PREDICTIONS_FILE = ReportFiles.PREDICTIONS;

    /** The name of the scores file. */
    public static final String REPORT_FILE = ReportFiles.REPORT;

    public Evaluation {
        predictions = List.copyOf(predictions);
        official = List.copyOf(official);
    }

    /**
     * Returns the report with every row, for files and pages.
     *
     * @param provenance the model, data and settings that were evaluated
     */
    public Report toReport(Provenance provenance) {
        return new EvaluationReporter(this).report(provenance);
    }

    /**
     * Writes {@value #PREDICTIONS_FILE}, {@value #REPORT_FILE} and an HTML page into a folder, each file atomically.
     *
     * @param folder created if it doesn't exist
     * @param provenance the model, data and settings that were evaluated
     * @throws org.sqltune.core.SqlTuneException if a file can't be written
     */
    public void writeTo(Path folder, Provenance provenance) {
        ReportFiles.write(toReport(provenance), folder);
    }
}
