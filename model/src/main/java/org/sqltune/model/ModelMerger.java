package org.sqltune.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.AdapterDescription;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.MergedModelWriter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.torch.Torch;

/** Makes one model of an adapter and its base. */
public final class ModelMerger {
    private final ModelFolders folders;

    /** @param folders finds bases by name */
    public ModelMerger(ModelFolders folders) {
        this.folders = folders;
    }

    /**
     * Writes the model, replacing a folder of that name only once the new one is whole. The contract of the adapter's
     * prompts, {@code sqltune.json}, goes with it.
     *
     * @param adapter a PEFT adapter's folder
     * @param base the model to merge it into: a folder, {@code owner/name} on the hub, or {@code sqltune-nano}; null for
     *     the one that the adapter names
     * @param target where the model goes
     * @param shardBytes its files' tensors take at most so many bytes each
     * @param progress counts tensors
     * @throws SqlTuneException if the adapter names no base, doesn't fit it, or something can't be read or written
     */
    public void merge(Path adapter, @Nullable String base, Path target, long shardBytes, ProgressListener progress) {
        Path folder = base(adapter, base);
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, folder, null);
                LoraAdapter loaded = PeftAdapterFiles.load(adapter, model.decoder(), folder.toString())) {
            new MergedModelWriter(torch, shardBytes).write(target, folder, loaded, adapter, progress);
        }
    }

    /**
     * An adapter's base.
     *
     * @param base a folder, {@code owner/name} on the hub, or {@code sqltune-nano}; null for the one that the adapter names
     * @return its folder
     * @throws SqlTuneException if the adapter names none, or it can't be had
     */
    public Path base(Path adapter, @Nullable String base) {
        return folders.resolve(settings(adapter, base));
    }

    private static ModelSettings settings(Path adapter, @Nullable String base) {
        AdapterBase chosen = base == null ? AdapterDescription.read(adapter).base() : new AdapterBase(base, null);
        if (chosen == null) {
            throw new SqlTuneException(adapter + " doesn't say which model it was made for: name it with --base-model");
        }
        return chosen.settings();
    }
}
