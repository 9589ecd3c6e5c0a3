package org.sqltune.workflow.train;

import java.nio.file.Path;
import org.sqltune.workflow.RunRequest;

/**
 * What is trained.
 *
 * @param run the configuration; without a file the demo's, or the defaults where its keys name data
 * @param resume whether to go on from the newest whole checkpoint in the run's folder
 */
public record TrainRequest(RunRequest run, boolean resume) {
    /** A configuration file as it is, from the beginning. */
    public static TrainRequest of(Path config) {
        return new TrainRequest(RunRequest.of(config), false);
    }
}
