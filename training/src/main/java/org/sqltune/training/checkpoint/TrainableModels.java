package org.sqltune.training.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.LoraSettings;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.data.chat.ChatTemplate;
import org.sqltune.data.chat.ChatTemplateText;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.lora.LoraInitialization;
import org.sqltune.model.lora.ModulePatterns;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.tokenizer.ModelChat;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.model.torch.Torch;

/** Loads a model and makes the configured parameters trainable. */
public final class TrainableModels {
    private final ModelLoader loader;

    /** @param loader loads models by name */
    public TrainableModels(ModelLoader loader) {
        this.loader = loader;
    }

    /** As {@link #load(Torch, RunConfig, boolean, boolean)}, for data that no chat template wrote. */
    public TrainableModel load(Torch torch, RunConfig config, boolean ownTexts) {
        return load(torch, config, ownTexts, false);
    }

    /**
     * Loads the model and attaches an adapter or makes all weights trainable. The caller closes the model. Every folder
     * that the result writes contains a {@code sqltune.json}, which describes the configured prompts.
     *
     * @param ownTexts whether the training data is the user's own prompts, rather than questions with schemas
     * @param chat whether a chat template wrote the training data
     */
    public TrainableModel load(Torch torch, RunConfig config, boolean ownTexts, boolean chat) {
        TrainingSettings training = config.training();
        LanguageModel model = switch (training.init()) {
            case PRETRAINED -> loader.load(torch, config.model());
            case RANDOM -> loader.random(torch, config.model(), training.seed());
            case MIMETIC -> loader.mimetic(torch, config.model(), training.seed());
        };
        try {
            ModelChat own = model.tokenizer().chat();
            ChatTemplateText template = chat ? chatTemplate(config, own) : null;
            PromptContract contract = PromptContract.ofTraining(
                    config.data(),
                    ownTexts,
                    template == null ? null : template.text(),
                    template == null ? model.stopTexts() : stopTexts(model, template.parsed(own.specialTokens())),
                    training.batches().maxLength());
            return training.method() == Method.FULL ? full(model, training, contract) : lora(model, config, contract);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static ChatTemplateText chatTemplate(RunConfig config, ModelChat own) {
        return ChatTemplateText.of(config.data().templates(), own.template(), own.source());
    }

    /** The model's own end tokens, and the one with which the chat template ends an answer. */
    private static List<String> stopTexts(LanguageModel model, ChatTemplate template) {
        Set<String> texts = new LinkedHashSet<>(model.stopTexts());
        Tokenizer tokenizer = model.tokenizer();
        for (long id : tokenizer.encode(template.behindAnswer())) {
            String text = tokenizer.text((int) id);
            boolean special = tokenizer.decode(new long[] {id}).isEmpty() && !text.isBlank();
            if (special) {
                texts.add(text);
                break;
            }
        }
        return List.copyOf(texts);
    }

    private static TrainableModel full(LanguageModel model, TrainingSettings training, PromptContract contract) {
        if (training.initAdapter() != null) {
            throw new SqlTuneException("training.init_adapter " + training.initAdapter()
                    + " and training.method full don't go together: leave one out");
        }
        return new FullModel(model, contract);
    }

    private static TrainableModel lora(LanguageModel model, RunConfig config, PromptContract contract) {
        @Nullable Path initial = config.training().initAdapter();
        LoraConfig configured = loraConfig(config.lora());
        LoraAdapter adapter = initial == null
                ? LoraAdapter.create(
                        model.decoder(),
                        configured,
                        LoraInitialization.of(config.lora().initLoraWeights()),
                        config.training().seed())
                : PeftAdapterFiles.load(initial, model.decoder(), matched(initial, configured, model));
        return new LoraModel(model, model.useAdapter(adapter), AdapterBase.of(config.model()), contract);
    }

    /** Returns the configured adapter shape; throws if the adapter that training starts from has another one. */
    private static LoraConfig matched(Path initial, LoraConfig configured, LanguageModel model) {
        LoraConfig found =
                PeftAdapterFiles.readConfig(initial).forModel(model.decoder().config());
        LoraConfig asked = configured.forModel(model.decoder().config());
        if (!found.withScalesOf(asked).equals(asked)) {
            throw new SqlTuneException("training.init_adapter " + initial + " has " + shape(found)
                    + ", but lora asks for "
                    + shape(asked) + ": set lora.r, lora.target_modules, lora.use_dora and lora.rank_pattern to the"
                    + " adapter's");
        }
        return asked;
    }

    private static String shape(LoraConfig config) {
        return "r " + config.rank()
                + (config.ranks().byPattern().isEmpty()
                        ? ""
                        : " " + config.ranks().byPattern())
                + (config.weightDecomposed() ? " with DoRA" : "") + " on " + config.targets()
                + (config.layers().isEmpty() ? "" : " of layers " + config.layers());
    }

    /** Returns the adapter shape that the settings describe. */
    public static LoraConfig loraConfig(LoraSettings settings) {
        LoraConfig plain =
                new LoraConfig(settings.r(), settings.loraAlpha(), settings.loraDropout(), settings.targetModules());
        return (settings.targetPattern().isEmpty() ? plain : plain.withTargetPattern(settings.targetPattern()))
                .withRankStabilized(settings.useRslora())
                .withWeightDecomposed(settings.useDora())
                .withPatterns(
                        new ModulePatterns<>(settings.rankPattern()), new ModulePatterns<>(settings.alphaPattern()));
    }
}
