package org.sqltune.training;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;

/** A run ended before its time because a {@link StopRequest} asked it to, with everything saved. */
public final class RunInterruptedException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    public RunInterruptedException(int step, int totalSteps, Path checkpoint) {
        super("stopped after step " + step + " of " + totalSteps + "; all of it is saved in " + checkpoint);
    }
}
