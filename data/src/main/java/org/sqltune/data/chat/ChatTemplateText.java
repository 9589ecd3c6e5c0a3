package org.sqltune.data.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TemplateSettings;

/**
 * Which chat template is used.
 *
 * @param text Jinja
 * @param source where it comes from, for messages
 */
public record ChatTemplateText(String text, String source) {
    /** The source of {@link ChatTemplate#INSTRUCTION_BRACKETS}. */
    private static final String BRACKETS = "SqlTune's own chat template";

    /**
     * Returns the template that the settings name; without one the model's own, and for models without one {@link
     * ChatTemplate#INSTRUCTION_BRACKETS}.
     *
     * @param own the model's template; null if it has none
     * @param ownSource where the model's template comes from
     * @throws SqlTuneException if the file can't be read, or the model's own is asked for and it has none
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
     * Returns the text of a template, which may be in a file.
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

    /** Returns whether the model has none and none was named. */
    public boolean isOfSqlTune() {
        return source.equals(BRACKETS);
    }

    /** @param specialTokens texts of special tokens by the names that templates know */
    public ChatTemplate parsed(Map<String, String> specialTokens) {
        return ChatTemplate.of(text, source, specialTokens);
    }
}
