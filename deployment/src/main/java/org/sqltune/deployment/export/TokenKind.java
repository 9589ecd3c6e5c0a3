package org.sqltune.deployment.export;

/** What a token is for: {@code llama_token_type} of llama.cpp. */
enum TokenKind {
    /** A piece of text. */
    NORMAL(1),
    /** What stands for text that no token has. */
    UNKNOWN(2),
    /** One with a meaning, which no text becomes by itself. */
    CONTROL(3),
    /** A whole text that was added to the vocabulary. */
    USER_DEFINED(4),
    /** A row of the embedding without a token. */
    UNUSED(5),
    /** One byte. */
    BYTE(6);

    private final int code;

    TokenKind(int code) {
        this.code = code;
    }

    /** Its number in a file. */
    int code() {
        return code;
    }
}
