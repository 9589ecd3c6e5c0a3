package org.sqltune.workflow.train;

import org.sqltune.core.config.RunConfig;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.TrainingListener;
import org.sqltune.workflow.TaskListener;

/** Receives the progress of a whole run: first its preparation, then the training itself. */
public interface RunListener extends TaskListener {
    /** A listener that does nothing. */
    RunListener NONE = new RunListener() {
        @Override
        public ProgressListener began(String task) {
            return ProgressListener.NONE;
        }

        @Override
        public TrainingListener settled(RunConfig config) {
            return TrainingListener.NONE;
        }
    };

    /**
     * Called when the run is prepared: its data is read, it fits into memory, and its folder exists.
     *
     * @param config the configuration with all automatic values resolved
     * @return receives the progress from now on; the caller of the run closes it
     */
    TrainingListener settled(RunConfig config);
}
