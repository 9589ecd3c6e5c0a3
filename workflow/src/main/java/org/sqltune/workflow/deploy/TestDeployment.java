package org.sqltune.workflow.deploy;

import java.nio.file.Path;
import java.util.Objects;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.deployment.ollama.OllamaClient;
import org.sqltune.deployment.ollama.OllamaName;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportFiles;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.evaluate.Evaluate;

/** Asks a deployed model questions, runs its answers and scores them: an evaluation, with the latencies. */
public final class TestDeployment {
    private final Workspace workspace;

    /** @param workspace where models and data are found */
    public TestDeployment(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Asks and scores. {@code ReportRequest.require} checks required scores separately.
     *
     * @throws ConfigException if the request has faults
     * @throws SqlTuneException if the server doesn't answer, hasn't the model, or the questions can't be read
     */
    public DeploymentScores run(TestDeploymentRequest request, TaskListener listener) {
        RunConfig config = OllamaServer.requireOllama(request.evaluation().load());
        OllamaClient client = OllamaServer.client(config);
        OllamaName name = named(request, config);
        if (!client.has(name)) {
            throw new SqlTuneException(
                    client.address() + " has no model " + name + ": deploy it with sqltune deploy, or"
                            + " name another with --model-name; it has " + String.join(", ", client.models()));
        }
        Report scored = Objects.requireNonNull(new Evaluate(workspace)
                .run(request.evaluation("inference.engine_model=" + name), listener)
                .report());
        DeploymentScores scores = DeploymentScores.of(name.text(), scored);
        Path folder = request.reports().outputDir();
        if (folder != null) {
            ReportFiles.write(scores.report(), folder);
        }
        return scores;
    }

    private static OllamaName named(TestDeploymentRequest request, RunConfig config) {
        String given = request.name() != null
                ? request.name()
                : config.inference().runtime().engineModel();
        if (given != null) {
            return new OllamaName(given);
        }
        Path adapter = request.model().adapter();
        return OllamaName.of(
                adapter != null ? adapter.toString() : config.model().name());
    }
}
