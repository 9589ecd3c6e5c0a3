package org.sqltune.training;

import java.io.IOException;
import java.nio.file.Path;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.CompanionFiles;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.TrainableParameters;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.MergedModelWriter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.ShardedModelWriter;
import org.sqltune.model.torch.Torch;

/** A frozen model with an adapter that is trained. Saved as PEFT's files. */
public final class LoraModel implements TrainableModel {
    private final LanguageModel model;
    private final LoraAdapter adapter;
    private final String baseModel;

    /**
     * @param adapter in use by the model
     * @param baseModel the name of the base that goes into adapter_config.json
     */
    public LoraModel(LanguageModel model, LoraAdapter adapter, String baseModel) {
        this.model = model;
        this.adapter = adapter;
        this.baseModel = baseModel;
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
        PeftAdapterFiles.writeInto(folder, adapter, model.decoder(), baseModel);
        CompanionFiles.copyTokenizer(model.folder(), folder);
    }

    @Override
    public void restore(Path folder) {
        Torch torch = model.decoder().torch();
        try (SafetensorsReader saved = SafetensorsReader.ofFile(torch, folder.resolve("adapter_model.safetensors"))) {
            ParameterValues.restore(torch, adapter.all(), saved);
        }
    }

    @Override
    public void writeFinal(Path folder) throws IOException {
        writeCheckpoint(folder);
    }

    /** Writes the adapter merged into its base as a model of its own, replacing a folder of that name once it is whole. */
    void writeMerged(Path folder, ProgressListener progress) {
        new MergedModelWriter(model.decoder().torch(), ShardedModelWriter.DEFAULT_SHARD_BYTES)
                .write(folder, model.folder(), adapter, progress);
    }
}
