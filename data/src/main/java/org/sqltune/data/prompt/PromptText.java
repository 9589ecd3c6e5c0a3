package org.sqltune.data.prompt;

import org.sqltune.core.example.SqlQuestion;

/** Pieces of prompts. */
final class PromptText {
    private PromptText() {}

    /** A heading with its text and a line break; nothing if there is no text. */
    static String section(String heading, String text) {
        return text.isEmpty() ? "" : heading + text + "\n";
    }

    /** The question, and on a line of its own what one has to know to answer it. */
    static String question(SqlQuestion question) {
        String evidence = question.context().evidence().strip();
        return question.question().strip() + (evidence.isEmpty() ? "" : "\nEvidence: " + evidence);
    }
}
