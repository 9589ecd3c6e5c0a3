package org.sqltune.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.ModelSettings;
import org.sqltune.core.config.ModelSettings.DeviceChoice;
import org.sqltune.core.config.ModelSettings.Quantization;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.torch.CpuFeatures;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Loads the model that a configuration names, on the device and in the arithmetic it asks for. */
public final class ModelLoader {
    private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

    private final ModelFolders folders;

    /** @param folders finds models by name */
    public ModelLoader(ModelFolders folders) {
        this.folders = folders;
    }

    /** libtorch on the device that the settings ask for; the processor, with a warning, where there is none such. */
    public Torch openTorch(ModelSettings settings) {
        if (settings.device() == DeviceChoice.CUDA || settings.device() == DeviceChoice.MPS) {
            log.warn("device {} is not supported by this build yet: running on the CPU", settings.device());
        }
        return Torch.cpu();
    }

    /** The model with its weights. */
    public LanguageModel load(Torch torch, ModelSettings settings) {
        LanguageModel model =
                LanguageModel.load(torch, folders.resolve(settings), elementType(settings), settings.quantization());
        if (settings.quantization() != Quantization.NONE) {
            logSizes(model.decoder(), settings.quantization());
        }
        return model;
    }

    private static void logSizes(Decoder decoder, Quantization quantization) {
        WeightSizes sizes = WeightSizes.of(decoder);
        log.info(
                "quantization {}: {} matrices take {} MB instead of {} MB ({}), all weights {} MB instead of {} MB ({});"
                        + " layers are computed again for their gradients",
                quantization,
                sizes.matrices(),
                sizes.quantizedBytes() / 1_000_000,
                sizes.quantizedBefore() / 1_000_000,
                String.format(Locale.ROOT, "%.4f", sizes.quantizedShare()),
                sizes.allBytes() / 1_000_000,
                sizes.allBefore() / 1_000_000,
                String.format(Locale.ROOT, "%.4f", sizes.allShare()));
    }

    /** A model of the same shape with random weights. */
    public LanguageModel random(Torch torch, ModelSettings settings, long seed) {
        warnOfFreshWeights(settings);
        return LanguageModel.random(torch, folders.resolve(settings), elementType(settings), seed);
    }

    /** A model of the same shape with random weights that copy from the start. */
    public LanguageModel mimetic(Torch torch, ModelSettings settings, long seed) {
        warnOfFreshWeights(settings);
        return LanguageModel.mimetic(torch, folders.resolve(settings), elementType(settings), seed);
    }

    private static void warnOfFreshWeights(ModelSettings settings) {
        if (settings.quantization() != Quantization.NONE) {
            log.warn("quantization {} is for weights that are not trained: going on without", settings.quantization());
        }
    }

    private static @Nullable ElementType elementType(ModelSettings settings) {
        return switch (settings.dtype()) {
            case AUTO -> new CpuFeatures().multipliesBfloat16() ? null : ElementType.FLOAT32;
            case FP32 -> ElementType.FLOAT32;
            case BF16 -> ElementType.BFLOAT16;
        };
    }
}
