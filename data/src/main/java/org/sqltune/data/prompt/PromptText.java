package org.sqltune.data.prompt;

/** Pieces of prompts. */
final class PromptText {
    private PromptText() {}

    /** A heading with its text and a line break; nothing if there is no text. */
    static String section(String heading, String text) {
        return text.isEmpty() ? "" : heading + text + "\n";
    }
}
