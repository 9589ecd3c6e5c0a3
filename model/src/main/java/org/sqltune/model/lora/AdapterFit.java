package org.sqltune.model.lora;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.weight.Projection;

/**
 * Whether an adapter's files fit a model; the errors name both.
 *
 * @param folder the adapter's
 * @param madeFor the base that it names
 * @param loaded the model that it shall work on
 */
record AdapterFit(Path folder, String madeFor, String loaded) {
    /**
     * The configuration with its targets by name.
     *
     * @throws SqlTuneException if the model has no such linear layers or layers
     */
    LoraConfig resolve(LoraConfig config, DecoderConfig model) {
        try {
            return config.forModel(model);
        } catch (SqlTuneException e) {
            throw new SqlTuneException(
                    folder.resolve(PeftConfig.FILE) + ": " + PrintableText.oneLine(String.valueOf(e.getMessage()))
                            + ". " + bases(),
                    e);
        }
    }

    /** @throws SqlTuneException if the file lacks a tensor, has one of another shape, or one too many */
    void check(SafetensorsReader reader, AdapterTensors tensors, LoraConfig config, Decoder decoder) {
        Map<String, long[]> expected = expected(config, decoder);
        expected.forEach((name, shape) -> checkTensor(reader, tensors.inFile(name), shape));
        tensors.names().stream()
                .sorted()
                .filter(name -> !expected.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SqlTuneException(file() + ": tensor " + PrintableText.clipped(name)
                            + " belongs to no linear layer that target_modules names, or its kind is not supported. "
                            + bases());
                });
    }

    private static Map<String, long[]> expected(LoraConfig config, Decoder decoder) {
        Map<String, long[]> expected = new LinkedHashMap<>();
        for (int layer = 0; layer < decoder.config().layers(); layer++) {
            for (Projection projection : decoder.layer(layer).projections()) {
                if (config.adapts(layer, projection.path())) {
                    String name = "base_model.model." + projection.path();
                    ProjectionShape shape = projection.shape();
                    int rank = config.rank(projection.path());
                    expected.put(name + ".lora_A.weight", new long[] {rank, shape.inputSize()});
                    expected.put(name + ".lora_B.weight", new long[] {shape.outputSize(), rank});
                    if (config.weightDecomposed()) {
                        expected.put(name + ".lora_magnitude_vector", new long[] {shape.outputSize()});
                    }
                }
            }
        }
        return expected;
    }

    private void checkTensor(SafetensorsReader reader, String name, long... shape) {
        TensorInfo info = reader.info(name);
        if (info == null) {
            throw new SqlTuneException(file() + " has no tensor " + name + ", which " + PeftConfig.FILE
                    + " calls for on this model. " + bases());
        }
        if (!Arrays.equals(info.shape(), shape)) {
            throw new SqlTuneException(file() + ": tensor " + name + " has shape " + Arrays.toString(info.shape())
                    + " but " + PeftConfig.FILE + " and this model call for " + Arrays.toString(shape) + ". "
                    + bases());
        }
    }

    private Path file() {
        return folder.resolve(PeftAdapterFiles.WEIGHTS);
    }

    private String bases() {
        return "The adapter was made for " + PrintableText.clipped(madeFor) + "; the model loaded is " + loaded
                + ". Use it with the model it was made for";
    }
}
