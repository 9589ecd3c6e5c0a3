package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.LoraSettings;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.TrainingSettings;
import org.sqltune.core.config.TrainingSettings.Method;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.torch.Torch;

/** Loads a model and makes trainable of it what a configuration says. */
public final class TrainableModels {
    private final ModelLoader loader;

    /** @param loader loads models by name */
    public TrainableModels(ModelLoader loader) {
        this.loader = loader;
    }

    /** The model, with an adapter in use or all its weights trainable. The caller closes it. */
    public TrainableModel load(Torch torch, RunConfig config) {
        TrainingSettings training = config.training();
        LanguageModel model = switch (training.init()) {
            case PRETRAINED -> loader.load(torch, config.model());
            case RANDOM -> loader.random(torch, config.model(), training.seed());
            case MIMETIC -> loader.mimetic(torch, config.model(), training.seed());
        };
        try {
            return training.method() == Method.FULL ? full(model, training) : lora(model, config);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static TrainableModel full(LanguageModel model, TrainingSettings training) {
        if (training.initAdapter() != null) {
            throw new SqlTuneException("training.init_adapter " + training.initAdapter()
                    + " and training.method full don't go together: leave one out");
        }
        return new FullModel(model);
    }

    private static TrainableModel lora(LanguageModel model, RunConfig config) {
        @Nullable Path initial = config.training().initAdapter();
        LoraConfig wanted = loraConfig(config.lora());
        if (initial == null) {
            LoraAdapter fresh = LoraAdapter.create(
                    model.decoder(), wanted, config.training().seed());
            return new LoraModel(model, model.useAdapter(fresh), config.model().name());
        }
        LayerModules layer = model.decoder().config().modules().layer();
        LoraConfig found = PeftAdapterFiles.readConfig(initial).forLayer(layer);
        List<String> targets = wanted.forLayer(layer).targets();
        if (found.rank() != wanted.rank() || !found.targets().equals(targets)) {
            throw new SqlTuneException("training.init_adapter " + initial + " has r " + found.rank() + " on "
                    + found.targets() + ", but lora asks for r " + wanted.rank() + " on " + targets
                    + ": set lora.r and lora.target_modules to the adapter's");
        }
        LoraAdapter adapter = PeftAdapterFiles.load(initial, model.decoder(), wanted);
        return new LoraModel(model, model.useAdapter(adapter), config.model().name());
    }

    private static LoraConfig loraConfig(LoraSettings settings) {
        return new LoraConfig(settings.r(), settings.loraAlpha(), settings.loraDropout(), settings.targetModules());
    }
}
