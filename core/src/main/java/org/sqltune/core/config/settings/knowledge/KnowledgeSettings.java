package org.sqltune.core.config.settings.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * What a prompt tells of the user's knowledge, chosen for each question; keys of section {@code data}. A file's name or its
 * text is given, as for {@code data.prompt_template}.
 *
 * @param glossary JSON Lines of terms with their meanings or columns; null for none
 * @param glossaryComments whether the comments of columns are terms, too
 * @param examples JSON Lines of questions with their SQL; null for none
 * @param documentation a text whose paragraphs are chosen; null for none
 * @param retrievedExamples examples of a prompt, at most
 * @param retrievedParagraphs paragraphs of a prompt, at most
 * @param retrievedMaxTokens tokens that all of these may take, estimated (about four letters a token), so that every command
 *     chooses the same
 */
public record KnowledgeSettings(
        @Nullable String glossary,
        boolean glossaryComments,
        @Nullable String examples,
        @Nullable String documentation,
        int retrievedExamples,
        int retrievedParagraphs,
        int retrievedMaxTokens) {
    /** None. */
    public static final KnowledgeSettings DEFAULTS = new KnowledgeSettings(null, false, null, null, 3, 3, 400);

    /** Whether prompts tell anything. Not named as a bean's property, which would be written as a key. */
    public boolean tellsAnything() {
        return glossary != null || glossaryComments || examples != null || documentation != null;
    }

    /** Whether a value is the text rather than the file that holds it. */
    public static boolean isText(String value) {
        return value.indexOf('{') >= 0 || value.indexOf('\n') >= 0;
    }
}
