package org.sqltune.workflow.deploy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.evaluate.EvaluateRequest;
import org.sqltune.workflow.evaluate.ReportRequest;

/**
 * What a deployed model is asked.
 *
 * @param model the model whose prompts and whose run's questions are used; its configuration names the server, too
 * @param name what it is called at the server; null for its folder's name
 * @param cases a JSON Lines file of questions with SQL; null for the test questions of the model's run, else of the demo
 * @param reports where the report goes, and the scores that it must reach
 */
public record TestDeploymentRequest(
        ModelRequest model, @Nullable String name, @Nullable Path cases, ReportRequest reports) {
    /**
     * The evaluation that this is.
     *
     * @param further weaker keys, as {@code section.key=value}
     */
    EvaluateRequest evaluation(String... further) {
        return new EvaluateRequest(OllamaServer.asked(model, further), cases, null, false, reports);
    }
}
