package org.sqltune.data.prompt.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.sql.JdbcUrls;
import org.sqltune.data.chat.ChatTemplate;
import org.sqltune.data.chat.ChatTemplateText;
import org.sqltune.data.prompt.ChatPrompt;
import org.sqltune.data.prompt.OwnTemplate;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.SchemaDetail;

/**
 * How the prompts of a model look, which it was trained on and has to be asked with. It lies in the model's folder as
 * {@code sqltune.json}, see {@link ContractFile}, and travels with it.
 *
 * @param promptFormat the prompt form; null if the model was trained on texts of the user's own, which no form describes
 * @param wording the hash of the form's words as the model was trained on them ({@code PromptWording}); null without a form
 * @param schemaFormat how schemas are written
 * @param primaryKeys whether schemas show primary keys
 * @param foreignKeys whether schemas show foreign keys
 * @param comments whether schemas show columns' comments
 * @param sampleValues values of each column that schemas show, at most
 * @param schemaMaxTokens tokens that a schema may take, counted by the model's tokenizer; null for no limit
 * @param valueLinks values of the database that a question shows, at most; 0 for none
 * @param dialect the SQL that the model writes
 * @param chatTemplate the chat template that prompts are wrapped in; null if they are not wrapped
 * @param stop texts of the tokens that end an answer
 * @param maxLength tokens of prompt and answer together that training saw at most; null if unknown
 * @param promptTemplate the text of the user's own template, where that is the prompt form; otherwise null
 * @param systemPrompt the system message that the chat template gets; null for none
 */
public record PromptContract(
        @Nullable PromptFormat promptFormat,
        @Nullable String wording,
        SchemaFormat schemaFormat,
        boolean primaryKeys,
        boolean foreignKeys,
        boolean comments,
        int sampleValues,
        @Nullable Integer schemaMaxTokens,
        int valueLinks,
        Dialect dialect,
        @Nullable String chatTemplate,
        List<String> stop,
        @Nullable Integer maxLength,
        @Nullable String promptTemplate,
        @Nullable String systemPrompt) {

    /** Whose SQL it is. */
    public enum Dialect {
        /** SQLite's. */
        SQLITE,
        /** PostgreSQL's. */
        POSTGRES
    }

    public PromptContract {
        stop = List.copyOf(stop);
    }

    /** With one of SqlTune's own forms, and without a system message. */
    public PromptContract(
            @Nullable PromptFormat promptFormat,
            @Nullable String wording,
            SchemaFormat schemaFormat,
            boolean primaryKeys,
            boolean foreignKeys,
            boolean comments,
            int sampleValues,
            @Nullable Integer schemaMaxTokens,
            int valueLinks,
            Dialect dialect,
            @Nullable String chatTemplate,
            List<String> stop,
            @Nullable Integer maxLength) {
        this(
                promptFormat,
                wording,
                schemaFormat,
                primaryKeys,
                foreignKeys,
                comments,
                sampleValues,
                schemaMaxTokens,
                valueLinks,
                dialect,
                chatTemplate,
                stop,
                maxLength,
                null,
                null);
    }

    /** Returns what the settings say, with the formats' own defaults written out. Nothing is known of a model. */
    public static PromptContract of(DataSettings settings) {
        PromptFormat form = settings.promptFormat();
        SchemaFormat written = PromptTemplate.schemaFormat(form, settings.schemaFormat());
        SchemaDetail detail = SchemaDetail.of(written, settings.schemas());
        Integer samples = settings.schemas().schemaSampleValues();
        String database = settings.source().database();
        boolean postgres = form == PromptFormat.POSTGRES || (database != null && JdbcUrls.isPostgres(database));
        TemplateSettings templates = settings.templates();
        String named = form == PromptFormat.TEMPLATE ? templates.promptTemplate() : null;
        String own = named == null ? null : OwnTemplate.textOf(named);
        String chat = templates.chatTemplate();
        return new PromptContract(
                form,
                PromptWording.hash(form, written, settings.schemas().valueLinks() > 0, own),
                written,
                detail.primaryKeys(),
                detail.foreignKeys(),
                detail.comments(),
                samples == null ? 0 : samples,
                settings.schemas().schemaMaxTokens(),
                settings.schemas().valueLinks(),
                postgres ? Dialect.POSTGRES : Dialect.SQLITE,
                chat == null || chat.equals(TemplateSettings.OF_MODEL) ? null : ChatTemplateText.of(chat),
                List.of(),
                null,
                own,
                templates.systemPrompt());
    }

    /** Like {@link #ofTraining(DataSettings, boolean, String, List, int)}, of prompts that no chat template wrote. */
    public static PromptContract ofTraining(DataSettings settings, boolean ownTexts, List<String> stop, int maxLength) {
        return ofTraining(settings, ownTexts, null, stop, maxLength);
    }

    /**
     * Returns the contract of a model that was trained as the settings say.
     *
     * @param ownTexts whether it was trained on prompts of the user's own, rather than on questions with schemas
     * @param chatTemplate the chat template that wrote the prompts; null if none did
     * @param stop texts of the tokens that end an answer
     * @param maxLength tokens of prompt and answer together that training saw at most
     */
    public static PromptContract ofTraining(
            DataSettings settings, boolean ownTexts, @Nullable String chatTemplate, List<String> stop, int maxLength) {
        PromptContract asked = of(settings);
        return new PromptContract(
                ownTexts ? null : asked.promptFormat,
                ownTexts ? null : asked.wording,
                asked.schemaFormat,
                asked.primaryKeys,
                asked.foreignKeys,
                asked.comments,
                asked.sampleValues,
                asked.schemaMaxTokens,
                asked.valueLinks,
                asked.dialect,
                chatTemplate,
                stop,
                maxLength,
                ownTexts ? null : asked.promptTemplate,
                chatTemplate == null ? null : asked.systemPrompt);
    }

    /**
     * Writes questions into prompts of this form, wrapped in the chat template if there is one.
     *
     * @param tokens counts a text's tokens as the model's tokenizer does, for {@link #schemaMaxTokens()}
     * @param specialTokens texts of the model's special tokens, by the names that chat templates know
     * @throws NullPointerException if {@link #promptFormat()} is null
     */
    public PromptTemplate template(ToIntFunction<String> tokens, Map<String, String> specialTokens) {
        PromptTemplate form = PromptTemplate.of(applyTo(DataSettings.defaults()), tokens);
        if (chatTemplate == null) {
            return form;
        }
        ChatTemplate template = ChatTemplate.of(chatTemplate, "chat_template of " + ContractFile.NAME, specialTokens);
        return new ChatPrompt(form, () -> template, systemPrompt);
    }

    /** Like {@link #template(ToIntFunction, Map)}, for contracts without a chat template. */
    public PromptTemplate template(ToIntFunction<String> tokens) {
        return template(tokens, Map.of());
    }

    /** Returns the same in another chat template, or in none. */
    PromptContract withChat(@Nullable String otherTemplate, @Nullable String otherSystem) {
        return new PromptContract(
                promptFormat,
                wording,
                schemaFormat,
                primaryKeys,
                foreignKeys,
                comments,
                sampleValues,
                schemaMaxTokens,
                valueLinks,
                dialect,
                otherTemplate,
                stop,
                maxLength,
                promptTemplate,
                otherSystem);
    }

    /** Returns whether this version of SqlTune words the form as it was worded in training; true without a form. */
    boolean isWordedAsTrained() {
        return promptFormat == null
                || PromptWording.hash(promptFormat, schemaFormat, valueLinks > 0, promptTemplate)
                        .equals(wording);
    }

    /**
     * Returns the settings with this contract's prompts in place of theirs.
     *
     * @throws NullPointerException if {@link #promptFormat()} is null
     */
    public DataSettings applyTo(DataSettings settings) {
        return settings.withPrompts(
                form(),
                schemaFormat,
                schemas(),
                new TemplateSettings(
                        promptTemplate == null
                                ? null
                                : OwnTemplate.textFor(promptTemplate, dialect == Dialect.POSTGRES),
                        chatTemplate,
                        systemPrompt,
                        settings.templates().assistantLoss()));
    }

    private PromptFormat form() {
        return Objects.requireNonNull(promptFormat, "prompts of the user's own have no form");
    }

    private SchemaSettings schemas() {
        return new SchemaSettings(primaryKeys, foreignKeys, comments, sampleValues, schemaMaxTokens)
                .withValueLinks(valueLinks);
    }
}
