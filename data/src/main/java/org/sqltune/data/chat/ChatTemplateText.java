package org.sqltune.data.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TemplateSettings;

/**
 * The text of a chat template and its origin.
 *
 * @param text the Jinja template
 * @param source the template's origin, for error messages
 */
public record ChatTemplateText(String text, String source) {
    /** The source of {@link ChatTemplate#INSTRUCTION_BRACKETS}. */
    private static final String BRACKETS = "SqlTune's own chat template";

    /**
     * Returns the template that the settings name, else the model's own, else {@link
     * ChatTemplate#INSTRUCTION_BRACKETS}.
     *
     * @param own the model's template; null if it has none
     * @param ownSource the origin of the model's template
     * @throws SqlTuneException if the file can't be read, or if the settings require the model's own template and it
     *     has none
     */
    public static ChatTemplateText of(TemplateSettings settings, @Nullable String own, String ownSource) {
        String named = settings.chatTemplate();
        if (named != null && !named.equals(TemplateSettings.OF_MODEL)) {
            return new ChatTemplateText(of(named), TemplateSettings.isText(named) ? "data.chat_template" : named);
        }
        if (own != null) {
            return new ChatTemplateText(own, ownSource);
        }
        if (named != null) {
            throw new SqlTuneException("data.chat_template is " + named + ", but there is no " + ownSource
                    + " and no chat_template.jinja beside it: name a Jinja file, or leave the key out");
        }
        return new ChatTemplateText(ChatTemplate.INSTRUCTION_BRACKETS, BRACKETS);
    }

    /**
     * Returns the text of a template, given as a file or as text.
     *
     * @param fileOrText a Jinja file in UTF-8, or the text itself
     * @throws SqlTuneException if the file can't be read
     */
    public static String of(String fileOrText) {
        if (TemplateSettings.isText(fileOrText)) {
            return fileOrText;
        }
        try {
            return Files.readString(Path.of(fileOrText));
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the chat template " + fileOrText + ": " + e + ". Save it as UTF-8 text", e);
        }
    }

    /** Returns whether this is SqlTune's own template: the model has none and the settings name none. */
    public boolean isOfSqlTune() {
        return source.equals(BRACKETS);
    }

    /** @param specialTokens the texts of special tokens by their template names */
    public ChatTemplate parsed(Map<String, String> specialTokens) {
        return ChatTemplate.of(text, source, specialTokens);
    }
}
