package org.sqltune.workflow.train;

import org.sqltune.core.config.RunConfig;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.TrainingListener;
import org.sqltune.workflow.TaskListener;

/** Watches a whole run: first its preparation, then the training itself. */
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
     * Hears that the run is prepared: its data is read, it fits into memory, and its folder is there.
     *
     * @param config the configuration with nothing left to the machine
     * @return told of everything that takes time from now on; closing it is for whoever made it
     */
    TrainingListener settled(RunConfig config);
}
