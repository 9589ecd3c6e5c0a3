package org.sqltune.model.hub;

/** Which of a repository's files are wanted. */
public enum FileSelection {
    /** What a model needs: its settings, its tokenizer and its weights. */
    MODEL,
    /** The same; of an adapter, its settings, its weights and its tokenizer. */
    MODEL_OR_ADAPTER,
    /** The same without weights: enough to count tokens. */
    TOKENIZER,
    /** Every file. */
    EVERYTHING
}
