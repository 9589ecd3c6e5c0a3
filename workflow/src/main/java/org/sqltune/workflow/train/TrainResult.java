package org.sqltune.workflow.train;

import java.nio.file.Path;
import org.sqltune.core.config.RunConfig;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.report.RunReport;

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
}
