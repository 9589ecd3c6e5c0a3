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
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.core.sql.JdbcUrls;
import org.sqltune.data.chat.ChatTemplate;
import org.sqltune.data.chat.ChatTemplateText;
import org.sqltune.data.knowledge.KnowledgeText;
import org.sqltune.data.prompt.ChatPrompt;
import org.sqltune.data.prompt.OwnTemplate;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.SchemaDetail;

/**
 * Describes the prompts on which a model was trained and with which it must be used. Stored in the model's folder as
 * {@code sqltune.json}, see {@link ContractFile}.
 *
 * @param promptFormat the prompt form; null if the model was trained on the user's own texts, which no form describes
 * @param wording the hash of the form's wording in training ({@code PromptWording}); null without a form
 * @param schemaFormat the schema format
 * @param primaryKeys whether schemas show primary keys
 * @param foreignKeys whether schemas show foreign keys
 * @param comments whether schemas show column comments
 * @param sampleValues the maximal number of sample values per column in schemas
 * @param schemaMaxTokens the maximal length of a schema in tokens of the model's tokenizer; null for no limit
 * @param valueLinks the maximal number of database values shown with a question; 0 for none
 * @param dialect the SQL dialect that the model writes
 * @param chatTemplate the chat template that wraps prompts; null if they aren't wrapped
 * @param stop texts of the tokens that end an answer
 * @param maxLength the maximal length of prompt and answer in training, in tokens; null if unknown
 * @param promptTemplate the text of the user's own template if that is the prompt form; otherwise null
 * @param systemPrompt the system message of the chat template; null for none
 * @param knowledge what prompts tell of the user's knowledge: texts, or names of files that weren't there
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
        @Nullable String systemPrompt,
        KnowledgeSettings knowledge) {

    /** The SQL dialects. */
    public enum Dialect {
        /** SQLite's. */
        SQLITE,
        /** PostgreSQL's. */
        POSTGRES
    }

    public PromptContract {
        stop = List.copyOf(stop);
    }

    /** Creates a contract with one of SqlTune's own forms and without a system message. */
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
                null,
                KnowledgeSettings.DEFAULTS);
    }

    /** Returns the contract of settings without a model; the formats' defaults are written out. */
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
                PromptWording.hash(
                        form,
                        written,
                        settings.schemas().valueLinks() > 0,
                        settings.knowledge().tellsAnything(),
                        own),
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
                templates.systemPrompt(),
                KnowledgeText.readIfThere(settings.knowledge()));
    }

    /** Like {@link #ofTraining(DataSettings, boolean, String, List, int)}, for prompts without a chat template. */
    public static PromptContract ofTraining(DataSettings settings, boolean ownTexts, List<String> stop, int maxLength) {
        return ofTraining(settings, ownTexts, null, stop, maxLength);
    }

    /**
     * Returns the contract of a model that was trained with these settings.
     *
     * @param ownTexts whether it was trained on the user's own texts, rather than on questions with schemas
     * @param chatTemplate the chat template of the prompts; null for none
     * @param stop texts of the tokens that end an answer
     * @param maxLength the maximal length of prompt and answer in training, in tokens
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
                chatTemplate == null ? null : asked.systemPrompt,
                ownTexts ? KnowledgeSettings.DEFAULTS : KnowledgeText.read(settings.knowledge()));
    }

    /**
     * Returns the template that writes these prompts, wrapped in the chat template if there is one.
     *
     * @param tokens counts a text's tokens with the model's tokenizer, for {@link #schemaMaxTokens()}
     * @param specialTokens the texts of the model's special tokens by their template names
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

    /** Returns this contract with another chat template, or without one. */
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
                otherSystem,
                knowledge);
    }

    /** Returns whether this version of SqlTune has the same wording of the form as in training; true without a form. */
    boolean isWordedAsTrained() {
        return promptFormat == null
                || PromptWording.hash(
                                promptFormat, schemaFormat, valueLinks > 0, knowledge.tellsAnything(), promptTemplate)
                        .equals(wording);
    }

    /**
     * Returns the settings with this contract's prompts.
     *
     * @throws NullPointerException if {@link #promptFormat()} is null
     */
    public DataSettings applyTo(DataSettings settings) {
        return settings.withKnowledge(knowledge)
                .withPrompts(
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
