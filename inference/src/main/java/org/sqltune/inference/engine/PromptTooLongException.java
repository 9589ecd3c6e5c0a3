package org.sqltune.inference.engine;

import org.sqltune.core.SqlTuneException;

/** A prompt leaves no room for an answer in the model's context. */
public final class PromptTooLongException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    private final int tokens;
    private final int context;

    /**
     * @param tokens of the prompt
     * @param context tokens that the model reads
     */
    public PromptTooLongException(int tokens, int context) {
        this(tokens, context, "set data.schema_max_tokens, or shorten the schema or the question");
    }

    /** @param remedy what is longest in it, and what to do */
    public PromptTooLongException(int tokens, int context, String remedy) {
        super("The prompt has " + tokens + " tokens, and the model reads " + context
                + " of prompt and answer together: " + remedy);
        this.tokens = tokens;
        this.context = context;
    }

    /** Tokens of the prompt. */
    public int tokens() {
        return tokens;
    }

    /** Tokens that the model reads. */
    public int context() {
        return context;
    }
}
