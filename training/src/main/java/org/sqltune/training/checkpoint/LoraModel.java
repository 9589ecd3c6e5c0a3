package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.folder.CompanionFiles;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.MergedModelWriter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.ShardedModelWriter;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.TrainableParameters;

/**
 * A frozen model with an adapter that is trained. Saved as PEFT's files, a PiSSA adapter in the converted form that needs
 * no changed base: its halves are what it is now and what it began with, so a checkpoint has all that going on needs.
 */
public final class LoraModel implements TrainableModel {
    private final LanguageModel model;
    private final LoraAdapter adapter;
    private final AdapterBase base;
    private final @Nullable PromptContract contract;

    /**
     * @param adapter in use by the model
     * @param base what goes into adapter_config.json as the adapter's base
     * @param contract the prompts it is trained on, kept with it; null if they aren't known
     */
    public LoraModel(LanguageModel model, LoraAdapter adapter, AdapterBase base, @Nullable PromptContract contract) {
        this.model = model;
        this.adapter = adapter;
        this.base = base;
        this.contract = contract;
    }

    /** With a base that is not from the hub, and prompts that aren't known. */
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
    public void writeCheckpoint(Path folder) throws IOException {
        PeftAdapterFiles.writeInto(folder, adapter, model.decoder(), base);
        CompanionFiles.copyTokenizer(model.folder(), folder);
        if (contract != null) {
            ContractFile.writeInto(folder, contract);
        }
    }

    @Override
    public void restore(Path folder) {
        Torch torch = model.decoder().torch();
        try (SafetensorsReader saved = SafetensorsReader.ofFile(torch, folder.resolve("adapter_model.safetensors"))) {
            adapter.restore(saved);
        }
    }

    @Override
    public void writeFinal(Path folder) throws IOException {
        writeCheckpoint(folder);
    }

    /**
     * Writes the adapter merged into its base as a model of its own, replacing a folder of that name once it is whole.
     *
     * @param written the adapter's folder, which {@link #writeFinal} filled
     */
    public void writeMerged(Path folder, Path written, ProgressListener progress) {
        new MergedModelWriter(model.decoder().torch(), ShardedModelWriter.DEFAULT_SHARD_BYTES)
                .write(folder, model.folder(), adapter, written, progress);
    }
}
