package org.sqltune.training.batch;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Token ids of one example.
 *
 * @param id the example's id
 * @param prompt BOS and the prompt's ids, at least one
 * @param completion the completion's ids and EOS, at least one
 * @param learned which ids of the completion are targets of the loss, the first one among them; null for all
 */
public record TokenizedExample(
        String id,
        long[] prompt,
        long[] completion,
        @Nullable BitSet learned) {
    /** An example whose whole completion is learned. */
    public TokenizedExample(String id, long[] prompt, long[] completion) {
        this(id, prompt, completion, null);
    }

    /** Returns the number of tokens of prompt and completion. */
    public int length() {
        return prompt.length + completion.length;
    }

    /** Returns the id at an index from 0, where the completion follows the prompt. */
    public long token(int index) {
        return index < prompt.length ? prompt[index] : completion[index - prompt.length];
    }

    /** Whether the token at an index of the completion is a target of the loss. */
    public boolean isLearned(int index) {
        return learned == null || learned.get(index);
    }

    /** Returns the number of tokens that are targets of the loss. */
    public int targets() {
        return learned == null ? completion.length : learned.cardinality();
    }
}
