package org.sqltune.inference;

import java.nio.file.Path;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.inference.answer.AnswerConstraint;
import org.sqltune.inference.constraint.Constraints;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.TextEngine;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.torch.Torch;

/**
 * A model in this process. The engine computes with it until it is closed, and is closed first.
 *
 * @param owned what is closed with it
 */
record NativeModel(LanguageModel model, AdapterSet adapters, TextEngine engine, Runnable owned) implements LoadedModel {
    /** Loads a model, which is closed with this. */
    static NativeModel load(ModelLoader loader, ModelSettings settings, InferenceSettings inference) {
        Torch torch = loader.openTorch(settings);
        try {
            LanguageModel model = loader.load(torch, settings, inference.weights());
            return over(model, settings.name(), inference, () -> {
                model.close();
                torch.close();
            });
        } catch (RuntimeException e) {
            torch.close();
            throw e;
        }
    }

    /** A model that its caller has loaded and closes. */
    static NativeModel over(LanguageModel model, InferenceSettings inference) {
        return over(model, model.folder().toString(), inference, () -> {});
    }

    private static NativeModel over(LanguageModel model, String name, InferenceSettings inference, Runnable owned) {
        AdapterSet adapters = new AdapterSet(model.decoder(), name);
        EngineLimits limits = EngineLimits.of(inference.maxBatchSize(), inference.kvCacheBytes());
        return new NativeModel(model, adapters, new TextEngine(model, adapters, limits), owned);
    }

    /** What answers may be, by the settings. */
    AnswerConstraint constraint(InferenceSettings inference) {
        return switch (inference.constraint()) {
            case NONE -> AnswerConstraint.NONE;
            case SQL -> {
                Constraints constraints = Constraints.of(model);
                yield question -> constraints.ofGrammar(question.schema());
            }
            case SCHEMA -> {
                Constraints constraints = Constraints.of(model);
                yield question -> constraints.of(question.schema());
            }
        };
    }

    @Override
    public void addAdapter(String name, Path folder) {
        engine.addAdapter(name, folder);
    }

    @Override
    public void close() {
        adapters.close();
        owned.run();
    }
}
