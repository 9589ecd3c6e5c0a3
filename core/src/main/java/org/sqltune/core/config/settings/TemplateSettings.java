package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * Templates of the user's and of the model's; keys of section {@code data}.
 *
 * @param promptTemplate the user's own prompt: a file, or the text itself, with places such as {@code {question}}; null for
 *     one of the prompt formats
 * @param chatTemplate what wraps prompts and conversations: {@link #OF_MODEL}, a Jinja file, or the Jinja text itself; null to
 *     wrap conversations alone, by the model's own template
 * @param systemPrompt the system message of conversations and wrapped prompts that have none; null for none
 * @param assistantLoss which answers of a conversation are learned
 */
public record TemplateSettings(
        @Nullable String promptTemplate,
        @Nullable String chatTemplate,
        @Nullable String systemPrompt,
        AssistantLoss assistantLoss) {
    /** Means the chat template of the model's own. */
    public static final String OF_MODEL = "model";

    /** No templates; every answer is learned. */
    public static final TemplateSettings DEFAULTS = new TemplateSettings(null, null, null, AssistantLoss.ALL);

    /** Which answers of a conversation are learned. */
    public enum AssistantLoss {
        /** Each of the assistant's messages. */
        ALL,
        /** The last one; those before it are context. */
        LAST
    }

    /** Whether a value is a template's text rather than the file that holds it. */
    public static boolean isText(String value) {
        return value.indexOf('{') >= 0 || value.indexOf('\n') >= 0;
    }
}
