package org.sqltune.workflow.verify;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.evaluate.EvaluateRequest;
import org.sqltune.workflow.evaluate.ReportRequest;

/**
 * A GGUF file, and the model that it should answer as.
 *
 * @param model the model, with its configuration; unless the keys say otherwise it computes in single precision and is asked
 *     {@value #USUAL_QUESTIONS} questions
 * @param gguf the file
 * @param data a JSON Lines file of questions with SQL; null for the test questions of the model's run, else of the demo
 * @param tokenIds whether the file is for callers that send tokens, so that how it cuts texts into tokens doesn't matter
 */
public record VerifyRequest(
        ModelRequest model, Path gguf, @Nullable Path data, boolean tokenIds) {
    /** Questions that are asked unless somebody wants more. */
    public static final int USUAL_QUESTIONS = 20;

    /**
     * Loads the configuration.
     *
     * @throws org.sqltune.core.config.ConfigException if it has faults, or a file isn't there
     */
    RunConfig load() {
        new NamedPaths().file("--gguf", gguf).file("--data", data).check();
        ModelRequest asked = new ModelRequest(
                model.run()
                        .withWeaker(List.of("model.dtype=fp32", "evaluation.max_samples=" + USUAL_QUESTIONS))
                        .withWeaker(List.of("inference.engine=native", "inference.engine_url=null")),
                model.adapter());
        return new EvaluateRequest(asked, data, null, false, ReportRequest.NONE).load();
    }
}
