package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.FileHashes;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.FullParameters;
import org.sqltune.model.folder.CompanionFiles;
import org.sqltune.model.safetensors.PendingTensor;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.safetensors.ShardedModelWriter;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.TrainableParameters;

/** A model whose weights are all trained. Checkpoints store fp32, the final model the type that config.json names. */
public final class FullModel implements TrainableModel {
    private static final String WEIGHTS = "model.safetensors";

    private final LanguageModel model;
    private final FullParameters parameters;
    private final @Nullable PromptContract contract;

    /** Makes every weight of the model trainable, on prompts that aren't known. */
    public FullModel(LanguageModel model) {
        this(model, null);
    }

    /**
     * Makes every weight of the model trainable.
     *
     * @param contract the prompts it is trained on, kept with it; null if they aren't known
     */
    public FullModel(LanguageModel model, @Nullable PromptContract contract) {
        this.model = model;
        this.parameters = new FullParameters(model.decoder());
        this.contract = contract;
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public TrainableParameters parameters() {
        return parameters;
    }

    @Override
    public double dropout() {
        return 0;
    }

    @Override
    public void writeCheckpoint(Path folder, FileHashes hashes) throws IOException {
        new SafetensorsWriter(torch(), hashes::open)
                .writeDirectly(folder.resolve(WEIGHTS), values(ElementType.FLOAT32));
        copySmallFiles(folder);
    }

    @Override
    public int restore(Path folder, Restoration how) {
        try (SafetensorsReader saved = SafetensorsReader.ofFile(torch(), folder.resolve(WEIGHTS))) {
            return ParameterValues.restore(torch(), parameters.all(), saved, how);
        }
    }

    @Override
    public void writeFinal(Path folder) throws IOException {
        new ShardedModelWriter(torch(), ShardedModelWriter.DEFAULT_SHARD_BYTES)
                .writeInto(folder, values(model.decoder().config().storedType()));
        copySmallFiles(folder);
    }

    private Torch torch() {
        return model.decoder().torch();
    }

    /** The weights as tensors that are converted one at a time, when they are written. */
    private List<PendingTensor> values(ElementType type) {
        return ParameterValues.masters(parameters.all()).entrySet().stream()
                .map(entry -> new PendingTensor(
                        entry.getKey(),
                        type,
                        entry.getValue().shape(),
                        scope -> torch().cast(scope, entry.getValue(), type)))
                .toList();
    }

    private void copySmallFiles(Path folder) throws IOException {
        CompanionFiles.copyConfig(model.folder(), folder);
        CompanionFiles.copyTokenizer(model.folder(), folder);
        if (contract != null) {
            ContractFile.writeInto(folder, contract);
        }
    }
}
