package org.sqltune.workflow.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.FolderLock;
import org.sqltune.model.ModelMerger;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Merges an adapter into the weights of its base model and writes a standalone model, which transformers loads too. */
public final class MergeAdapter {
    private final Workspace workspace;

    /** @param workspace finds models */
    public MergeAdapter(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * A merge request.
     *
     * @param adapter the folder of PEFT's files
     * @param base the base model's folder or name; null for the one that the adapter names
     * @param output the output folder
     * @param maxShardBytes the maximal size of a file, in bytes
     */
    public record Request(Path adapter, @Nullable String base, Path output, long maxShardBytes) {}

    /**
     * Merges the adapter.
     *
     * @return the model's folder
     * @throws org.sqltune.core.config.ConfigException if the adapter doesn't exist
     * @throws org.sqltune.core.SqlTuneException if the base model is unknown or can't be loaded, or the model can't
     *     be written
     */
    public Path run(Request request, TaskListener listener) {
        new NamedPaths().folder("FOLDER", request.adapter()).check();
        return FolderLock.beside(request.output(), "--output").during(() -> merge(request, listener));
    }

    private Path merge(Request request, TaskListener listener) {
        new ModelMerger(workspace.models())
                .merge(
                        request.adapter(),
                        request.base(),
                        request.output(),
                        request.maxShardBytes(),
                        listener.began("Merging"));
        return request.output();
    }
}
