package org.sqltune.workflow.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.report.Report;
import org.sqltune.training.gradient.LossEvaluator.TokenLoss;

/**
 * The result of an evaluation.
 *
 * @param config the configuration
 * @param report the scores of the answers; null if only the loss was computed
 * @param comparison the comparison with the base model; null without a baseline
 * @param loss the loss of the gold answers; null if it wasn't computed
 * @param notes remarks about the data, one sentence each
 */
public record EvaluateResult(
        RunConfig config,
        @Nullable Report report,
        @Nullable Comparison comparison,
        @Nullable TokenLoss loss,
        List<String> notes) {
    public EvaluateResult {
        notes = List.copyOf(notes);
    }
}
