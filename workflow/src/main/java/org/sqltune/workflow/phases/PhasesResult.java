package org.sqltune.workflow.phases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.deploy.DeployResult;
import org.sqltune.workflow.deploy.DeploymentScores;
import org.sqltune.workflow.train.TrainResult;

/**
 * What came of a run's phases.
 *
 * @param phases each phase with how it ended
 * @param trained the training; null if it wasn't run now
 * @param deployed the deployment; null if it wasn't run now
 * @param tested the test; null if it wasn't run now
 */
public record PhasesResult(
        List<Ended> phases,
        @Nullable TrainResult trained,
        @Nullable DeployResult deployed,
        @Nullable DeploymentScores tested) {
    public PhasesResult {
        phases = List.copyOf(phases);
    }

    /**
     * A phase that has ended.
     *
     * @param phase which
     * @param skipped whether it was done before
     * @param seconds how long it took
     * @param result what came of it, one line
     */
    public record Ended(Phase phase, boolean skipped, double seconds, String result) {}

    /** What each phase after training gave, and all phases in a table. */
    public Summary summary() {
        List<ReportTable> tables = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        if (deployed != null) {
            add(deployed.summary(), tables, remarks);
        }
        if (tested != null) {
            add(tested.summary(), tables, remarks);
        }
        tables.add(new ReportTable(
                List.of("Phase", "State", "Time", "Result"),
                phases.stream()
                        .map(each -> List.of(
                                each.phase().word(),
                                each.skipped() ? "done before" : "done",
                                String.format(Locale.ROOT, "%.0f s", each.seconds()),
                                each.result()))
                        .toList()));
        return new Summary(tables, remarks);
    }

    private static void add(Summary part, List<ReportTable> tables, List<String> remarks) {
        tables.addAll(part.tables());
        remarks.addAll(part.remarks());
    }
}
