package org.sqltune.workflow.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.evaluation.EvaluationReport;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.training.PipelineResult.ScoredSet;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.report.RunReport;
import org.sqltune.workflow.Summary;

/**
 * What a run came to.
 *
 * @param config the configuration in the end, with nothing left to the machine
 * @param run the trained model and its scores
 */
public record TrainResult(RunConfig config, PipelineResult run) {
    /** The adapter, or the model where all weights were trained. */
    public Path finalModel() {
        return run.training().finalModel();
    }

    /** The run on a page. */
    public Path page() {
        return config.training().outputDir().resolve(RunReport.PAGE);
    }

    /** The scores of the sets that have questions, before and after. */
    public Summary summary() {
        List<List<String>> scores = new ArrayList<>();
        run.sets().forEach(set -> addScores(scores, set));
        if (scores.isEmpty()) {
            return new Summary(List.of(), List.of());
        }
        ReportTable table = new ReportTable(List.of("Score", "Questions", "Before", "After"), scores);
        boolean demo = config.data().dataset() == Dataset.DEMO;
        return new Summary(
                List.of(table),
                demo ? List.of("validation: held-out synthetic pairs; test: hand-written questions") : List.of());
    }

    private static void addScores(List<List<String>> rows, ScoredSet set) {
        EvaluationReport before = set.before().report();
        EvaluationReport after = set.after().report();
        addScored(
                rows,
                set.name() + ": execution accuracy",
                before.overall().execution(),
                after.overall().execution());
        addScored(
                rows,
                set.name() + ": exact match",
                before.overall().exactMatch(),
                after.overall().exactMatch());
    }

    /** Leaves out what couldn't be scored, such as the execution of SQL without a database. */
    private static void addScored(List<List<String>> rows, String name, Score before, Score after) {
        if (after.total() > 0) {
            rows.add(List.of(name, Integer.toString(after.total()), before.percent(), after.percent()));
        }
    }
}
