package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.data.chat.ChatTemplate;
import org.sqltune.data.chat.ChatTemplateText;
import org.sqltune.data.chat.ChatTexts;
import org.sqltune.data.prompt.ChatPrompt;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.ModelChat;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * Creates the prompt templates of configurations. If {@code data.schema_max_tokens} limits schemas, the model's own
 * tokenizer counts the tokens, so that every command shortens a schema in the same way. The tokenizer is loaded once
 * and kept until this is closed.
 */
public final class PromptTemplates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PromptTemplates.class);

    private final ModelFolders models;
    private final Map<Path, Tokenizer> tokenizers = new HashMap<>();

    public PromptTemplates(ModelFolders models) {
        this.models = models;
    }

    /**
     * @throws org.sqltune.core.SqlTuneException if schemas are limited and the model has no tokenizer, locally or on
     *     the hub
     */
    public PromptTemplate of(RunConfig config) {
        PromptTemplate form = PromptTemplate.of(config.data(), tokens(config));
        TemplateSettings templates = config.data().templates();
        if (templates.chatTemplate() == null) {
            if (templates.systemPrompt() != null) {
                throw new SqlTuneException(
                        "data.system_prompt is set, but questions are asked without a chat template: set"
                                + " data.chat_template=model too, or write it into data.prompt_template");
            }
            return form;
        }
        AtomicReference<ChatTemplate> parsed = new AtomicReference<>();
        return new ChatPrompt(
                form,
                () -> {
                    if (parsed.get() == null) {
                        parsed.set(chatTemplate(config));
                    }
                    return parsed.get();
                },
                templates.systemPrompt());
    }

    /**
     * Returns the converter of texts and conversations to training examples, with the chat template of the
     * configuration or the model.
     */
    public ChatTexts chats(RunConfig config) {
        return new ChatTexts(config.data().templates(), () -> chatTemplate(config));
    }

    private ChatTemplate chatTemplate(RunConfig config) {
        ModelChat own = ModelChat.read(models.resolveTokenizer(config.model()));
        ChatTemplateText chosen = ChatTemplateText.of(config.data().templates(), own.template(), own.source());
        if (chosen.isOfSqlTune()) {
            log.info(
                    "{} has no chat template: conversations are written as [INST] question [/INST] answer; another"
                            + " way: data.chat_template=FILE",
                    config.model().name());
        }
        return chosen.parsed(own.specialTokens());
    }

    /**
     * Resolves the prompts of a trained model. Every use case that prompts a model calls this, and then uses {@link
     * #asTrained} instead of the configuration.
     *
     * @param config the result of {@link ModelRequest#load}
     * @param request the request that it was loaded for
     * @throws org.sqltune.core.SqlTuneException if the model's {@code sqltune.json} can't be used
     */
    public ContractResolution resolve(RunConfig config, ModelRequest request) {
        RunConfig named = config;
        if (TemplateSettings.OF_MODEL.equals(config.data().templates().chatTemplate())) {
            named = config.withData(withText(config.data(), chatTemplate(config).text()));
        }
        DataSettings data = named.data();
        return ContractResolution.of(
                request.adapter(),
                config.model().name(),
                () -> models.resolveTokenizer(config.model()),
                data,
                request.given());
    }

    private static DataSettings withText(DataSettings data, String chatTemplate) {
        TemplateSettings templates = data.templates();
        return data.withPrompts(
                data.promptFormat(),
                data.schemaFormat(),
                data.schemas(),
                new TemplateSettings(
                        templates.promptTemplate(), chatTemplate, templates.systemPrompt(), templates.assistantLoss()));
    }

    /** Returns the configuration with the model's prompts instead of its own. */
    public static RunConfig asTrained(RunConfig config, ContractResolution prompts) {
        return config.withData(prompts.contract().applyTo(config.data()));
    }

    /** Returns the prompts for a configuration that {@link #asTrained} returned. */
    public ModelPrompts prompts(RunConfig asTrained) {
        return new ModelPrompts(
                PromptContract.of(asTrained.data()),
                tokens(asTrained),
                () -> ModelChat.read(models.resolveTokenizer(asTrained.model())));
    }

    private ToIntFunction<String> tokens(RunConfig config) {
        if (config.data().schemas().schemaMaxTokens() == null) {
            return TokenEstimate::of;
        }
        Tokenizer tokenizer = tokenizers.computeIfAbsent(
                models.resolveTokenizer(config.model()),
                folder -> Tokenizer.load(folder, DecoderConfigReader.read(folder)));
        return text -> tokenizer.encode(text).length;
    }

    @Override
    public void close() {
        tokenizers.values().forEach(Tokenizer::close);
        tokenizers.clear();
    }
}
