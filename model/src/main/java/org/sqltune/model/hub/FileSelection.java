package org.sqltune.model.hub;

/** Which of a repository's files are wanted. */
public enum FileSelection {
    /** What a model needs: its settings, its tokenizer and its weights. For an adapter, its two files. */
    MODEL,
    /** The same without weights: enough to count tokens. */
    TOKENIZER,
    /** Every file. */
    EVERYTHING
}
