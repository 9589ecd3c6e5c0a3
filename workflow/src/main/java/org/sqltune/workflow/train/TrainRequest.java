package org.sqltune.workflow.train;

import java.nio.file.Path;
import org.sqltune.training.Resumption;
import org.sqltune.workflow.RunRequest;

/**
 * A training request.
 *
 * @param run the configuration; without a file the demo's, or the defaults if its keys select data
 * @param resumption whether to resume from the newest complete checkpoint in the run's folder, and which changes to
 *     allow
 */
public record TrainRequest(RunRequest run, Resumption resumption) {
    /** Creates a request that resumes only if nothing changed that affects the result. */
    public TrainRequest(RunRequest run, boolean resume) {
        this(run, resume ? Resumption.STRICT : Resumption.NONE);
    }

    /** Returns whether to resume. */
    public boolean resume() {
        return resumption.wanted();
    }

    /** Returns a request to train an unchanged configuration file from the beginning. */
    public static TrainRequest of(Path config) {
        return new TrainRequest(RunRequest.of(config), Resumption.NONE);
    }
}
