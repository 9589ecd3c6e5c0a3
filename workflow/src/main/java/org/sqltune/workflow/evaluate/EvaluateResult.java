package org.sqltune.workflow.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.report.Report;
import org.sqltune.training.gradient.LossEvaluator.TokenLoss;

/**
 * What an evaluation found.
 *
 * @param config the configuration it was made with
 * @param report the scores of the answers; null where only the loss was measured
 * @param comparison with the base's report; null where no baseline was asked for
 * @param loss of the gold answers; null where it was not measured
 * @param notes what a reader should know of the data, a sentence each
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
