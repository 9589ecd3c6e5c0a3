package org.sqltune.model;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.ModelSettings;
import org.sqltune.core.config.ModelSettings.DeviceChoice;
import org.sqltune.core.config.ModelSettings.Quantization;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.quantization.QuantizedWeight;
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

    /**
     * The folder of the model's settings and tokenizer, which may lack the weights; downloaded if need be.
     *
     * @throws org.sqltune.core.SqlTuneException if there is none, or it can't be downloaded
     */
    public Path tokenizerFolder(ModelSettings settings) {
        return folders.resolveTokenizer(settings);
    }

    /**
     * Bytes that {@link #load} will download: 0 if the hub's cache has the model, empty if the name is none of the hub.
     * Asks the hub if the cache lacks something.
     *
     * @throws org.sqltune.core.SqlTuneException if the hub doesn't say
     */
    public OptionalLong downloadBytes(ModelSettings settings) {
        return folders.downloadBytes(settings);
    }

    /** The element type that a model is computed in with these settings. */
    public ElementType elementType(ModelSettings settings, DecoderConfig config) {
        ElementType asked = elementType(settings);
        return asked == null ? LanguageModel.defaultType(config) : asked;
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
        List<QuantizedWeight> quantized = decoder.weights().values().stream()
                .flatMap(weight -> weight.quantized().stream())
                .toList();
        long before = quantized.stream().mapToLong(QuantizedWeight::count).sum()
                * decoder.type().bytes();
        long after = quantized.stream().mapToLong(QuantizedWeight::bytes).sum();
        log.info(
                "quantization {}: {} matrices take {} MB instead of {} MB; layers are computed again for their gradients",
                quantization,
                quantized.size(),
                after / 1_000_000,
                before / 1_000_000);
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
