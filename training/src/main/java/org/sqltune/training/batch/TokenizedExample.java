package org.sqltune.training.batch;

/**
 * An example as token ids.
 *
 * @param id the example's id
 * @param prompt BOS and the prompt's ids; at least one
 * @param completion the completion's ids and EOS; at least one. Only these are trained on
 */
public record TokenizedExample(String id, long[] prompt, long[] completion) {
    /** Number of tokens in all. */
    public int length() {
        return prompt.length + completion.length;
    }

    /** One of the tokens, the prompt's first. */
    public long token(int index) {
        return index < prompt.length ? prompt[index] : completion[index - prompt.length];
    }
}
