package org.sqltune.training.batch;

import java.util.List;
import org.sqltune.model.decoder.TokenBatch;

/**
 * The examples of one optimizer step and the rows that hold them.
 *
 * @param examples the step's examples
 * @param rows the same examples arranged for the model, each exactly once
 */
public record PlannedStep(List<TokenizedExample> examples, List<TokenBatch> rows) {
    public PlannedStep {
        examples = List.copyOf(examples);
        rows = List.copyOf(rows);
    }

    /** Returns the number of target tokens. */
    public long targets() {
        return examples.stream().mapToLong(TokenizedExample::targets).sum();
    }

    /** Returns the number of tokens of the examples; a shared prefix counts once per example. */
    public long tokens() {
        return examples.stream().mapToLong(TokenizedExample::length).sum();
    }
}
