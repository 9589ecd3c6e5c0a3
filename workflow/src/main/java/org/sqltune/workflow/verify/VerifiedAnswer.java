package org.sqltune.workflow.verify;

import org.jspecify.annotations.Nullable;

/**
 * One question to both.
 *
 * @param id the question's id
 * @param question the question
 * @param promptTokens tokens of the prompt
 * @param firstOtherPromptToken place of the first token that llama.cpp reads otherwise, from 0; null if there is none, or nobody
 *     looked
 * @param answer the model's text
 * @param other the file's text
 * @param tokens tokens of the model's text that were compared, its end included
 * @param sameTokens those of them that the file chooses, too, after the same text
 * @param firstOtherToken place of the first that it doesn't choose, from 0; null if there is none
 */
public record VerifiedAnswer(
        String id,
        String question,
        int promptTokens,
        @Nullable Integer firstOtherPromptToken,
        String answer,
        String other,
        int tokens,
        int sameTokens,
        @Nullable Integer firstOtherToken) {
    /** Whether the texts are the same, but for blanks before them. */
    public boolean same() {
        return answer.stripLeading().equals(other.stripLeading());
    }
}
