package org.sqltune.training.batch;

/**
 * Token ids of one example.
 *
 * @param id the example's id
 * @param prompt BOS and the prompt's ids, at least one
 * @param completion the completion's ids and EOS, at least one; only these are targets of the loss
 */
public record TokenizedExample(String id, long[] prompt, long[] completion) {
    /** Returns the number of tokens of prompt and completion. */
    public int length() {
        return prompt.length + completion.length;
    }

    /** Returns the id at an index from 0, where the completion follows the prompt. */
    public long token(int index) {
        return index < prompt.length ? prompt[index] : completion[index - prompt.length];
    }
}
