package org.sqltune.deployment.export;

/** What a token is for, in the order of llama.cpp's {@code llama_token_type}. */
enum TokenKind {
    UNDEFINED,
    /** A piece of text. */
    NORMAL,
    /** What stands for text that no token has. */
    UNKNOWN,
    /** One with a meaning, which no text becomes by itself. */
    CONTROL,
    /** A whole text that was added to the vocabulary. */
    USER_DEFINED,
    /** A row of the embedding without a token. */
    UNUSED,
    /** One byte. */
    BYTE
}
