package org.sqltune.model.lora;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.ElementType;

/**
 * Adapters in PEFT's files, {@code adapter_config.json} and {@code adapter_model.safetensors}, so that they load in
 * Python and Python's load here.
 */
public final class PeftAdapterFiles {
    private static final String WEIGHTS = "adapter_model.safetensors";

    private PeftAdapterFiles() {}

    /**
     * Loads an adapter for a decoder; it is not attached yet.
     *
     * @throws SqlTuneException if files are missing or damaged, or the adapter does something not supported
     */
    public static LoraAdapter load(Path folder, Decoder decoder) {
        return load(folder, decoder, readConfig(folder));
    }

    /** As {@link #load(Path, Decoder)}, with alpha and dropout from {@code config} instead of the file. */
    public static LoraAdapter load(Path folder, Decoder decoder, LoraConfig config) {
        Path file = folder.resolve(WEIGHTS);
        if (!Files.exists(file)) {
            throw new SqlTuneException(folder + " has no " + WEIGHTS
                    + ". Adapters saved as .bin are pickles and not read; save again with safe_serialization=True");
        }
        requireTargets(folder, config, decoder);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(decoder.torch(), file)) {
            LoraAdapter adapter = new LoraAdapter(
                    decoder,
                    config,
                    (scope, name, rows, columns) -> reader.read(scope, name, ElementType.FLOAT32, rows, columns));
            try {
                requireAllUsed(file, reader.names(), adapter.tensors().keySet());
            } catch (SqlTuneException e) {
                adapter.close();
                throw e;
            }
            return adapter;
        }
    }

    private static void requireTargets(Path folder, LoraConfig config, Decoder decoder) {
        try {
            config.forLayer(decoder.config().modules().layer());
        } catch (SqlTuneException e) {
            throw new SqlTuneException(folder.resolve(PeftConfig.FILE) + ": " + e.getMessage(), e);
        }
    }

    private static void requireAllUsed(Path file, Set<String> stored, Set<String> used) {
        stored.stream().filter(name -> !used.contains(name)).findFirst().ifPresent(name -> {
            throw new SqlTuneException(file + ": tensor " + name
                    + " belongs to no linear map that target_modules names, or its kind is not supported");
        });
    }

    /** Reads {@code adapter_config.json}. */
    public static LoraConfig readConfig(Path folder) {
        return PeftConfig.read(folder);
    }

    /**
     * Writes both files into a folder that exists.
     *
     * @param baseModel what the adapter belongs to: a folder or a hub name
     */
    public static void writeInto(Path folder, LoraAdapter adapter, Decoder decoder, String baseModel)
            throws IOException {
        PeftConfig.writeInto(folder, adapter.config(), baseModel);
        new SafetensorsWriter(decoder.torch()).writeDirectly(folder.resolve(WEIGHTS), adapter.tensors());
    }
}
