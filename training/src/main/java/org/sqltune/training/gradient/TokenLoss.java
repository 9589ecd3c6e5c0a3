package org.sqltune.training.gradient;

/**
 * How well a model predicts some completions.
 *
 * @param loss mean cross-entropy of a target token, in nats
 * @param tokenAccuracy share of target tokens that were the most likely one
 * @param targetTokens completion and EOS tokens counted
 */
public record TokenLoss(double loss, double tokenAccuracy, long targetTokens) {
    /** One JSON object on one line. */
    public String json() {
        return "{\"loss\":" + loss + ",\"token_accuracy\":" + tokenAccuracy + ",\"target_tokens\":" + targetTokens
                + "}";
    }
}
