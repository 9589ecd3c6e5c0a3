package org.sqltune.deployment.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.text.Failures;
import org.sqltune.deployment.gguf.GgufMetadata;
import org.sqltune.deployment.gguf.GgufTensor;
import org.sqltune.deployment.gguf.GgufWriter;
import org.sqltune.deployment.gguf.TensorRows;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.lora.PeftAdapterFiles;

/**
 * Writes a LoRA adapter as a GGUF file that llama.cpp puts beside its base. Numbers are in single precision. llama.cpp scales
 * all products alike, by alpha over each one's rank: what a linear layer's own scale differs by is in its second matrix.
 */
public final class AdapterExport {
    private AdapterExport() {}

    /**
     * Writes the file, which is there only once it is whole.
     *
     * @param adapter a PEFT adapter's folder
     * @param base its base's folder, of which only the configuration is read
     * @param file the file; missing parent folders are made
     * @param progress counts tensors
     * @throws SqlTuneException if the adapter is damaged, doesn't fit the base, or is one that can only be merged: DoRA
     */
    public static void write(Path adapter, Path base, Path file, ProgressListener progress) {
        DecoderConfig config = DecoderConfigReader.read(base);
        ArchitectureKeys architecture = new ArchitectureKeys(base, config);
        LoraConfig lora = PeftAdapterFiles.readConfig(adapter).forModel(config);
        if (lora.weightDecomposed()) {
            throw new SqlTuneException(
                    adapter + " is a DoRA adapter, which llama.cpp doesn't compute: merge it into its"
                            + " base with sqltune export gguf --adapter-path");
        }
        GgufMetadata metadata = new GgufMetadata()
                .put("general.architecture", architecture.family().key())
                .put("general.type", "adapter")
                .put(
                        "general.name",
                        String.valueOf(adapter.toAbsolutePath().normalize().getFileName()))
                .put("adapter.type", "lora")
                .put("adapter.lora.alpha", (float) alpha(lora));
        GgufExport.putContract(metadata, adapter);
        try (WeightRows weights = WeightRows.ofAdapter(adapter)) {
            List<GgufTensor> tensors = tensors(config, architecture.family(), lora, weights);
            if (tensors.isEmpty()) {
                throw new SqlTuneException(
                        adapter + " has no tensor of a linear layer of " + base + ": check that they belong together");
            }
            GgufWriter.write(file, metadata, tensors, progress);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the weights of " + adapter + ": " + Failures.reason(e), e);
        }
    }

    /** What, over the adapter's rank, is the scale of most of its products. */
    private static double alpha(LoraConfig lora) {
        return lora.rankStabilized() ? lora.alpha() * Math.sqrt(lora.rank()) : lora.alpha();
    }

    private static List<GgufTensor> tensors(DecoderConfig config, Family family, LoraConfig lora, WeightRows weights) {
        List<GgufTensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (ProjectionShape shape : config.modules().layer().projections()) {
                String path = config.modules().path(layer, shape.path());
                if (!lora.adapts(layer, path)) {
                    continue;
                }
                int rank = lora.rank(path);
                double factor = lora.scale(path) * rank / alpha(lora);
                String stored = "base_model.model." + path;
                TensorRows a = weights.rows(stored + ".lora_A.weight", rank, shape.inputSize());
                TensorRows b = weights.rows(stored + ".lora_B.weight", shape.outputSize(), rank);
                String name = TensorNames.linear(layer, shape.role()) + ".weight";
                tensors.add(GgufTensor.full(name + ".lora_a", rank, shape.inputSize(), a));
                tensors.add(GgufTensor.full(
                        name + ".lora_b",
                        shape.outputSize(),
                        rank,
                        TensorList.multiplied(
                                RowOrder.of(family, config, shape.role()).matrix(b),
                                (float) (factor * TensorList.scale(family, config, shape.role())))));
            }
        }
        return tensors;
    }
}
