package org.sqltune.model;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.config.settings.InferenceSettings.Weights;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.quantization.PackedBfloat16Weight;
import org.sqltune.model.quantization.PackedHalfWeight;
import org.sqltune.model.quantization.PackedInt4Weight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.TorchDevices;

/** Loads the model that a configuration names, on the device and in the arithmetic it asks for. */
public final class ModelLoader {
    private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

    private final ModelFolders folders;
    private final DeviceProbe devices;
    private final Function<DeviceChoice, Torch> opener;

    /** @param folders finds models by name */
    public ModelLoader(ModelFolders folders) {
        this(folders, new TorchDevices(), Torch::on);
    }

    /**
     * @param devices what this machine has
     * @param opener libtorch on a device; throws if it can't compute there
     */
    ModelLoader(ModelFolders folders, DeviceProbe devices, Function<DeviceChoice, Torch> opener) {
        this.folders = folders;
        this.devices = devices;
        this.opener = opener;
    }

    /** What this machine has. */
    public DeviceProbe devices() {
        return devices;
    }

    /**
     * libtorch on the device that the settings ask for; the processor, with a line in the log, where there is none such or
     * it can't compute.
     *
     * @throws SqlTuneException if nothing can
     */
    public Torch openTorch(ModelSettings settings) {
        DeviceChoice device = devices.resolve(settings.device());
        if (settings.device() != DeviceChoice.AUTO && settings.device() != device) {
            log.warn(
                    "device {} isn't there, or this build has no libraries for it: going on with device cpu",
                    name(settings.device()));
        }
        Fallbacks<Torch> ways = new Fallbacks<>();
        if (device != DeviceChoice.CPU) {
            ways.or("device " + name(device), () -> opener.apply(device));
        }
        return ways.or("device cpu", () -> opener.apply(DeviceChoice.CPU)).take();
    }

    /** Device, arithmetic and quantisation that the settings come to, and why, in a line. */
    public String describe(ModelSettings settings) {
        DeviceChoice device = devices.resolve(settings.device());
        String found = settings.device() == device
                ? "as asked for"
                : settings.device() != DeviceChoice.AUTO
                        ? name(settings.device()) + " isn't there"
                        : device == DeviceChoice.CPU ? "neither CUDA nor MPS found" : "found";
        ElementType type = elementType(settings, DecoderConfigReader.read(tokenizerFolder(settings)));
        String because = settings.dtype() != DType.AUTO
                ? "as asked for, or usual on this device"
                : devices.multipliesBfloat16(device) ? "the model's own" : "no bfloat16 in this processor";
        return "device " + name(device) + " (" + found + "), arithmetic "
                + type.name().toLowerCase(Locale.ROOT) + " (" + because + "), quantization "
                + name(settings.quantization());
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The folder of the model's settings and tokenizer, which may lack the weights; downloaded if need be.
     *
     * @throws SqlTuneException if there is none, or it can't be downloaded
     */
    public Path tokenizerFolder(ModelSettings settings) {
        return folders.resolveTokenizer(settings);
    }

    /**
     * Bytes that {@link #load} will download: 0 if the hub's cache has the model, empty if the name is none of the hub.
     * Asks the hub if the cache lacks something.
     *
     * @throws SqlTuneException if the hub doesn't say
     */
    public OptionalLong downloadBytes(ModelSettings settings) {
        return folders.downloadBytes(settings);
    }

    /** The element type that a model is computed in with these settings. */
    public ElementType elementType(ModelSettings settings, DecoderConfig config) {
        ElementType asked = typeOrModels(settings);
        return asked == null ? LanguageModel.defaultType(config) : asked;
    }

    /**
     * The model for answering alone.
     *
     * @param weights how the linear layers' weights are held; where the processor can't multiply so, as {@link #load(Torch,
     *     ModelSettings)} does, with a line in the log if 8 or 4 bits were asked for
     */
    public LanguageModel load(Torch torch, ModelSettings settings, Weights weights) {
        if (weights == Weights.AUTO && canBePacked(torch, settings)) {
            return LanguageModel.loadPacked(torch, folders.resolve(settings));
        }
        if (weights != Weights.INT8 && weights != Weights.INT4) {
            return load(torch, settings);
        }
        if (weights == Weights.INT8 && !PackedInt8Weight.isSupported(torch)) {
            log.warn("inference.weights int8 needs a processor that multiplies 8-bit integers (Intel or AMD with AVX2)"
                    + " and device cpu: going on with bf16");
            return load(torch, settings);
        }
        if (weights == Weights.INT4 && !PackedInt4Weight.isSupported(torch)) {
            log.warn("inference.weights int4 needs a processor for which libtorch lays 4-bit integers out (Intel or AMD"
                    + " with AVX-512) and device cpu: going on with bf16");
            return load(torch, settings);
        }
        Path folder = folders.resolve(settings);
        LanguageModel model = weights == Weights.INT8
                ? LanguageModel.loadInInt8(torch, folder, elementType(settings), settings.quantization())
                : LanguageModel.loadInInt4(torch, folder, elementType(settings), settings.quantization());
        WeightSizes sizes = WeightSizes.of(model.decoder());
        log.info(
                "inference.weights {}: {} matrices of the layers take {} MB instead of {} MB",
                name(weights),
                sizes.matrices(),
                sizes.quantizedBytes() / 1_000_000,
                sizes.quantizedBefore() / 1_000_000);
        return model;
    }

    /** A model stored in 16 bits stays in 16 bits, unless fp32 was asked for. */
    private boolean canBePacked(Torch torch, ModelSettings settings) {
        if (settings.quantization() != Quantization.NONE) {
            return false;
        }
        DecoderConfig config = DecoderConfigReader.read(folders.resolve(settings));
        return elementType(settings, config) == ElementType.BFLOAT16
                ? PackedBfloat16Weight.isSupported(torch)
                : settings.dtype() == DType.AUTO
                        && LanguageModel.defaultType(config) == ElementType.BFLOAT16
                        && PackedHalfWeight.isSupported(torch);
    }

    /** The model with its weights. */
    public LanguageModel load(Torch torch, ModelSettings settings) {
        Path folder = folders.resolve(settings);
        ElementType type = elementType(settings);
        Fallbacks<LanguageModel> ways = new Fallbacks<>();
        if (settings.quantization() != Quantization.NONE) {
            ways.or("quantization " + name(settings.quantization()), () -> {
                LanguageModel model = LanguageModel.load(torch, folder, type, settings.quantization());
                logSizes(model.decoder(), settings.quantization());
                return model;
            });
        }
        return ways.or("quantization none", () -> LanguageModel.load(torch, folder, type))
                .take();
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

    private @Nullable ElementType elementType(ModelSettings settings) {
        if (settings.dtype() == DType.FP16 && typeOrModels(settings) == ElementType.BFLOAT16) {
            log.info("dtype fp16 is slow on the CPU: computing in bf16");
        }
        return typeOrModels(settings);
    }

    /** Null for the model's own type. */
    private @Nullable ElementType typeOrModels(ModelSettings settings) {
        DeviceChoice device = devices.resolve(settings.device());
        return switch (settings.dtype()) {
            case AUTO -> devices.multipliesBfloat16(device) ? null : ElementType.FLOAT32;
            case FP32 -> ElementType.FLOAT32;
            case BF16 -> ElementType.BFLOAT16;
            case FP16 -> device == DeviceChoice.CPU ? ElementType.BFLOAT16 : ElementType.FLOAT16;
        };
    }
}
