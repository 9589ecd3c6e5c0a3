package org.sqltune.training.gradient;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LossScript;
import org.sqltune.training.batch.BatchPlanner;
import org.sqltune.training.batch.TokenizedExample;

/** Computes loss and token accuracy of completions in fp32, without gradients. Prompts don't count. */
public final class LossEvaluator {
    private static final int TARGETS_AT_ONCE = 1024;
    private static final int EXAMPLES_AT_ONCE = 256;
    private final Decoder decoder;
    private final Torch torch;

    /** @param decoder the model, with or without an adapter attached */
    public LossEvaluator(Decoder decoder) {
        this.decoder = decoder;
        this.torch = decoder.torch();
    }

    /**
     * Returns the means over all target tokens of all examples; calls {@code progress} with the number of examples
     * done.
     */
    public TokenLoss evaluate(List<TokenizedExample> examples, ProgressListener progress) {
        BatchPlanner planner = new BatchPlanner(true, 1, BatchPlanner.TOKENS_A_ROW, decoder::lengthClass);
        double lossSum = 0;
        long correct = 0;
        long targets = 0;
        for (int start = 0; start < examples.size(); start += EXAMPLES_AT_ONCE) {
            int end = Math.min(examples.size(), start + EXAMPLES_AT_ONCE);
            for (TokenBatch row : planner.plan(examples.subList(start, end))) {
                try (TensorScope scope = torch.scope();
                        PreparedBatch batch = decoder.prepareForTargets(scope, row)) {
                    Tensor hidden = decoder.forward(scope, batch);
                    for (long from = 0; from < batch.targets().count(); from += TARGETS_AT_ONCE) {
                        LossScript.Loss result = chunk(scope, hidden, batch, from);
                        lossSum += result.lossSum();
                        correct += result.correctCount();
                    }
                    targets += batch.targets().count();
                }
            }
            progress.advanced(end, examples.size(), "");
        }
        return new TokenLoss(lossSum / targets, (double) correct / targets, targets);
    }

    private LossScript.Loss chunk(TensorScope scope, Tensor hidden, PreparedBatch batch, long from) {
        long to = Math.min(batch.targets().count(), from + TARGETS_AT_ONCE);
        Tensor rows = torch.slice(scope, batch.targetRows(), from, to);
        return decoder.head()
                .loss(scope, torch.selectRows(scope, hidden, rows), torch.slice(scope, batch.targets(), from, to));
    }

    /**
     * Loss and accuracy over the target tokens of a set of examples.
     *
     * @param loss mean cross-entropy per target token, in nats
     * @param tokenAccuracy share of target tokens to which the model gave the highest probability, from 0 to 1
     * @param targetTokens number of target tokens: completions and EOS
     */
    public record TokenLoss(double loss, double tokenAccuracy, long targetTokens) {
        /** Returns the values as one JSON object on one line. */
        public String json() {
            return "{\"loss\":" + loss + ",\"token_accuracy\":" + tokenAccuracy + ",\"target_tokens\":" + targetTokens
                    + "}";
        }
    }
}
