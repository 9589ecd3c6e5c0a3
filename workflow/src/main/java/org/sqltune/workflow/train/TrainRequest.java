package org.sqltune.workflow.train;

import java.nio.file.Path;
import org.sqltune.training.Resumption;
import org.sqltune.workflow.RunRequest;

/**
 * What is trained.
 *
 * @param run the configuration; without a file the demo's, or the defaults where its keys name data
 * @param resumption whether to go on from the newest whole checkpoint in the run's folder, and despite which changes
 */
public record TrainRequest(RunRequest run, Resumption resumption) {
    /** As the other, which resumes only if nothing changed on which the result depends. */
    public TrainRequest(RunRequest run, boolean resume) {
        this(run, resume ? Resumption.STRICT : Resumption.NONE);
    }

    /** Returns whether it goes on. */
    public boolean resume() {
        return resumption.wanted();
    }

    /** Returns a configuration file as it is, from the beginning. */
    public static TrainRequest of(Path config) {
        return new TrainRequest(RunRequest.of(config), Resumption.NONE);
    }
}
