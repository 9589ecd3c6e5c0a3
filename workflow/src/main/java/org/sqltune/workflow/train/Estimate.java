package org.sqltune.workflow.train;

import org.sqltune.core.config.RunConfig;
import org.sqltune.training.estimate.MachineMemory;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.training.estimate.RunEstimator;
import org.sqltune.workflow.IgnoredKeys;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** What a run will take: parameters, download, memory by part, time. Weights are neither read nor downloaded. */
public final class Estimate {
    private final Workspace workspace;

    /** @param workspace where models and data are found */
    public Estimate(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Estimates what {@link Train} will take with the same configuration; takes some seconds.
     *
     * @param listener told what is done
     * @throws org.sqltune.core.config.ConfigException if the configuration is wrong
     */
    public RunEstimate run(RunRequest request, TaskListener listener) {
        RunConfig config = Train.configuration(request, workspace.loader());
        IgnoredKeys.tell(request, config);
        listener.began("Reading the data");
        return new RunEstimator(workspace.loader(), new MachineMemory())
                .estimate(config, workspace.data().read(config).prompts());
    }
}
