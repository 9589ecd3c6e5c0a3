package org.sqltune.training;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;

/** Thrown when a run ends early on a {@link StopRequest}, after it has written a checkpoint. */
public final class RunInterruptedException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    public RunInterruptedException(int step, int totalSteps, Path checkpoint) {
        super("stopped after step " + step + " of " + totalSteps + "; saved in " + checkpoint);
    }
}
