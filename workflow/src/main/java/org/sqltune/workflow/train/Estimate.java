package org.sqltune.workflow.train;

import org.sqltune.core.config.RunConfig;
import org.sqltune.training.estimate.MachineMemory;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.training.estimate.RunEstimator;
import org.sqltune.workflow.IgnoredKeys;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Estimates a run's parameters, download, memory by part, and time. Neither reads nor downloads weights. */
public final class Estimate {
    private final Workspace workspace;

    /** @param workspace finds models and data */
    public Estimate(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Estimates the cost of {@link Train} with the same configuration, in some seconds.
     *
     * @param listener receives tasks and their progress
     * @throws org.sqltune.core.config.ConfigException if the configuration has faults
     */
    public RunEstimate run(RunRequest request, TaskListener listener) {
        RunConfig config = Train.configuration(request, workspace.loader());
        IgnoredKeys.tell(request, config);
        listener.began("Reading the data");
        return new RunEstimator(workspace.loader(), new MachineMemory())
                .estimate(config, workspace.data().read(config).prompts());
    }
}
