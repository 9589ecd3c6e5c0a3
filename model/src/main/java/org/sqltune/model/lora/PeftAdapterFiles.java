package org.sqltune.model.lora;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.safetensors.FiniteTensors;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.weight.Projection;

/**
 * Adapters in PEFT's files, {@code adapter_config.json} and {@code adapter_model.safetensors}, so that they load in
 * Python and Python's load here.
 */
public final class PeftAdapterFiles {
    static final String WEIGHTS = "adapter_model.safetensors";

    private PeftAdapterFiles() {}

    /**
     * Loads an adapter for a decoder; it is not attached yet.
     *
     * @throws SqlTuneException if files are missing or damaged, the adapter does something not supported, or it was made
     *     for another model
     */
    public static LoraAdapter load(Path folder, Decoder decoder) {
        return load(folder, decoder, describe(decoder.config()));
    }

    /**
     * As {@link #load(Path, Decoder)}.
     *
     * @param model what the decoder's model is called, for errors
     */
    public static LoraAdapter load(Path folder, Decoder decoder, String model) {
        return load(folder, decoder, readConfig(folder), model);
    }

    /** As {@link #load(Path, Decoder)}, with {@code config} instead of the file's. */
    public static LoraAdapter load(Path folder, Decoder decoder, LoraConfig config) {
        return load(folder, decoder, config, describe(decoder.config()));
    }

    private static LoraAdapter load(Path folder, Decoder decoder, LoraConfig config, String model) {
        Path file = weights(folder);
        AdapterFit fit = new AdapterFit(
                folder, PeftConfig.base(folder).map(AdapterBase::name).orElse("a model that it does not name"), model);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(decoder.torch(), file)) {
            AdapterTensors tensors = AdapterTensors.of(file, reader.names());
            LoraConfig resolved = fit.resolve(config, decoder.config());
            fit.check(reader, tensors, resolved, decoder);
            return new LoraAdapter(
                    decoder,
                    resolved,
                    new Stored(new FiniteTensors(decoder.torch(), reader), tensors, resolved.weightDecomposed()));
        }
    }

    /** The file with an adapter's numbers, which must be there. */
    static Path weights(Path folder) {
        Path file = folder.resolve(WEIGHTS);
        if (!Files.exists(file)) {
            throw new SqlTuneException(folder + " has no " + WEIGHTS
                    + ". Adapters saved as .bin are pickles and not read; save again with safe_serialization=True");
        }
        return file;
    }

    /**
     * Where an adapter's tensors lie, by PEFT's names; doesn't load libtorch.
     *
     * @throws SqlTuneException if there are none, or the file is damaged
     */
    public static Map<String, TensorInfo> tensors(Path folder) {
        Path file = weights(folder);
        Map<String, TensorInfo> stored = new HashMap<>();
        TensorInfo.ofFile(file).forEach(tensor -> stored.put(tensor.name(), tensor));
        AdapterTensors names = AdapterTensors.of(file, stored.keySet());
        Map<String, TensorInfo> tensors = new HashMap<>();
        names.stored().forEach((usual, name) -> tensors.put(usual, stored.get(name)));
        return tensors;
    }

    private static String describe(DecoderConfig config) {
        return "one of model_type " + config.modelType() + " with " + config.layers() + " layers and hidden_size "
                + config.hiddenSize();
    }

    /** Numbers of a file. */
    private record Stored(FiniteTensors finite, AdapterTensors tensors, boolean weightDecomposed)
            implements LoraSource {
        @Override
        public Values values(TensorScope scope, String name, Projection projection, int rank, double scale) {
            ProjectionShape shape = projection.shape();
            Tensor a = read(scope, name + ".lora_A.weight", rank, shape.inputSize());
            Tensor b = read(scope, name + ".lora_B.weight", shape.outputSize(), rank);
            @Nullable
            Tensor magnitude =
                    weightDecomposed ? read(scope, name + ".lora_magnitude_vector", shape.outputSize()) : null;
            return new Values(a, b, magnitude, false);
        }

        private Tensor read(TensorScope scope, String name, long... shape) {
            return finite.read(scope, tensors.inFile(name), ElementType.FLOAT32, shape);
        }
    }

    /** Reads {@code adapter_config.json}. */
    public static LoraConfig readConfig(Path folder) {
        return PeftConfig.read(folder);
    }

    /** As {@link #writeInto(Path, LoraAdapter, Decoder, AdapterBase)}, of a base that is not from the hub. */
    public static void writeInto(Path folder, LoraAdapter adapter, Decoder decoder, String baseModel)
            throws IOException {
        writeInto(folder, adapter, decoder, new AdapterBase(baseModel, null));
    }

    /**
     * Writes both files into a folder that exists. They need nothing but the base as it is: a PiSSA adapter becomes plain
     * LoRA of twice the rank.
     *
     * @param base what the adapter belongs to
     */
    public static void writeInto(Path folder, LoraAdapter adapter, Decoder decoder, AdapterBase base)
            throws IOException {
        PeftConfigWriter.writeInto(folder, adapter.savedConfig(), base);
        try (TensorScope temporary = decoder.torch().scope()) {
            new SafetensorsWriter(decoder.torch()).writeDirectly(folder.resolve(WEIGHTS), adapter.saved(temporary));
        }
    }
}
