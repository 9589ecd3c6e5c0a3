package org.sqltune.core.config.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who else is told of a run's metrics, beside the files that every run writes; keys of section {@code training}.
 *
 * @param reportTo the trackers; {@link Tracker#NONE} alone for none
 * @param loggingDir folder of the TensorBoard event files; null for {@code output_dir/runs/DATE_HOST}
 */
public record ReportingSettings(
        List<Tracker> reportTo, @Nullable Path loggingDir) {

    public ReportingSettings {
        reportTo = List.copyOf(reportTo);
    }

    /** TensorBoard's files, which stay on this machine and need no account. */
    public static ReportingSettings defaults() {
        return new ReportingSettings(List.of(Tracker.TENSORBOARD), null);
    }

    /** What draws metrics, and compares runs. */
    public enum Tracker {
        /** Nothing. */
        NONE,
        /** Event files that TensorBoard reads. */
        TENSORBOARD,
        /** An MLflow server, at {@code MLFLOW_TRACKING_URI}. */
        MLFLOW,
        /** Weights &amp; Biases: the event files, sent by the {@code wandb} program after the run. */
        WANDB
    }
}
