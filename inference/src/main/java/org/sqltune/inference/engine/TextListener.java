package org.sqltune.inference.engine;

/** Is told how an answer grows, on the engine's thread: what it does must be quick. */
@FunctionalInterface
public interface TextListener {
    /** Hears nothing. */
    TextListener NONE = piece -> {};

    /** More of the answer's text: whole characters, never a part of a stop text. All pieces make the answer. */
    void text(String piece);
}
