package org.sqltune.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;

/**
 * An evaluation's scores and the predictions they were counted from.
 *
 * @param report the scores
 * @param predictions in the examples' order, those of missing databases left out
 */
public record Evaluation(EvaluationReport report, List<ScoredPrediction> predictions) {
    /** The file of the predictions, one JSON object a line. */
    public static final String PREDICTIONS_FILE = "predictions.jsonl";

    /** The file of the scores. */
    public static final String REPORT_FILE = "report.json";

    public Evaluation {
        predictions = List.copyOf(predictions);
    }

    /**
     * Writes {@value #PREDICTIONS_FILE} and {@value #REPORT_FILE} into a folder, each whole or not at all.
     *
     * @param folder made if it isn't there
     * @throws SqlTuneException if a file can't be written
     */
    public void writeTo(Path folder) {
        AtomicFiles.write(folder.resolve(PREDICTIONS_FILE), out -> EvaluationJson.writePredictions(predictions, out));
        writeReport(folder.resolve(REPORT_FILE));
    }

    /**
     * Writes the scores alone, as JSON.
     *
     * @throws SqlTuneException if the file can't be written
     */
    public void writeReport(Path file) {
        AtomicFiles.write(file, out -> EvaluationJson.writeReport(report, out));
    }
}
