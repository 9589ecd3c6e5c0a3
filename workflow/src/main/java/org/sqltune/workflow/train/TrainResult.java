package org.sqltune.workflow.train;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.TitleBlock;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.PipelineResult.ScoredSet;
import org.sqltune.training.report.RunReport;
import org.sqltune.workflow.Summary;

/**
 * The result of a run.
 *
 * @param config the final configuration, with all automatic values resolved
 * @param run the trained model and its scores
 */
public record TrainResult(RunConfig config, PipelineResult run) {
    /** Returns the folder of the adapter, or of the model if all weights were trained. */
    public Path finalModel() {
        return run.training().finalModel();
    }

    /** Returns the run's HTML page. */
    public Path page() {
        return config.training().outputDir().resolve(RunReport.PAGE);
    }

    /** Summarises the scores of sets with questions, before and after: SqlTune's and the benchmark's official ones. */
    public Summary summary() {
        List<List<String>> scores = new ArrayList<>();
        run.sets().forEach(set -> addScores(scores, set));
        if (scores.isEmpty()) {
            return new Summary(title(), List.of(), List.of());
        }
        ReportTable table = new ReportTable(List.of("Score", "Questions", "Before", "After"), scores);
        boolean demo = config.data().dataset() == Dataset.DEMO;
        return new Summary(
                title(),
                List.of(table),
                demo
                        ? List.of(
                                "validation: held-out synthetic pairs; test: hand-written questions; natural: questions in everyday words")
                        : List.of());
    }

    private TitleBlock title() {
        return RunReport.title(config, Instant.now());
    }

    private static void addScores(List<List<String>> rows, ScoredSet set) {
        Report before = set.before().toReport(Provenance.UNKNOWN);
        Report after = set.after().toReport(Provenance.UNKNOWN);
        for (ColumnDescriptor column : after.headline()) {
            rows.add(List.of(
                    set.name() + ": " + column.title(),
                    Integer.toString(after.decided(column)),
                    before.shown(column),
                    after.shown(column)));
        }
    }
}
