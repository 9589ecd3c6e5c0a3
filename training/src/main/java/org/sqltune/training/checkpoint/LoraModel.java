package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.FileHashes;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.folder.CompanionFiles;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.MergedModelWriter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.ShardedModelWriter;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.TrainableParameters;

/**
 * A frozen model with a trained adapter, saved in PEFT's format. A PiSSA adapter is saved in the converted form that
 * works on the unchanged base model: it holds both the present and the initial matrices, so a checkpoint is enough to
 * resume.
 */
public final class LoraModel implements TrainableModel {
    private final LanguageModel model;
    private final LoraAdapter adapter;
    private final AdapterBase base;
    private final @Nullable PromptContract contract;

    /**
     * @param adapter the trained adapter, already attached to the model
     * @param base name and revision of the base model for adapter_config.json
     * @param contract describes the prompts of training and is saved with the adapter; null if they are unknown
     */
    public LoraModel(LanguageModel model, LoraAdapter adapter, AdapterBase base, @Nullable PromptContract contract) {
        this.model = model;
        this.adapter = adapter;
        this.base = base;
        this.contract = contract;
    }

    /** Names a base model that has no hub revision; the prompts of training are unknown. */
    public LoraModel(LanguageModel model, LoraAdapter adapter, String baseModel) {
        this(model, adapter, new AdapterBase(baseModel, null), null);
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public TrainableParameters parameters() {
        return adapter;
    }

    @Override
    public double dropout() {
        return adapter.config().dropout();
    }

    @Override
    public void writeCheckpoint(Path folder, FileHashes hashes) throws IOException {
        writeFinal(folder);
    }

    @Override
    public void writeFinal(Path folder) throws IOException {
        PeftAdapterFiles.writeInto(folder, adapter, model.decoder(), base);
        CompanionFiles.copyTokenizer(model.folder(), folder);
        if (contract != null) {
            ContractFile.writeInto(folder, contract);
        }
    }

    @Override
    public int restore(Path folder, Restoration how) {
        Torch torch = model.decoder().torch();
        try (SafetensorsReader saved = SafetensorsReader.ofFile(torch, folder.resolve("adapter_model.safetensors"))) {
            return adapter.restore(saved, how);
        }
    }

    /**
     * Merges the adapter into its base model and writes the result. An existing folder is replaced once the new one is
     * complete.
     *
     * @param written the adapter's folder, which {@link #writeFinal} wrote
     */
    public void writeMerged(Path folder, Path written, ProgressListener progress) {
        new MergedModelWriter(model.decoder().torch(), ShardedModelWriter.DEFAULT_SHARD_BYTES)
                .write(folder, model.folder(), adapter, written, progress);
    }
}
