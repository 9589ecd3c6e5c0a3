package org.sqltune.training.batch;

import java.util.List;
import org.sqltune.model.decoder.TokenBatch;

/**
 * An optimizer step's examples and how they lie.
 *
 * @param examples what is trained on
 * @param rows hold every example once
 */
public record PlannedStep(List<TokenizedExample> examples, List<TokenBatch> rows) {
    public PlannedStep {
        examples = List.copyOf(examples);
        rows = List.copyOf(rows);
    }

    /** Number of tokens to be predicted. */
    public long targets() {
        return examples.stream().mapToLong(each -> each.completion().length).sum();
    }

    /** Tokens of the examples, a shared beginning counted for each. */
    public long tokens() {
        return examples.stream().mapToLong(TokenizedExample::length).sum();
    }
}
