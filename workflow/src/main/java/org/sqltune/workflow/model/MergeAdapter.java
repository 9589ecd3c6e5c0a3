package org.sqltune.workflow.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.FolderLock;
import org.sqltune.model.ModelMerger;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Writes a base with an adapter in its weights: a model of its own, for transformers as well. */
public final class MergeAdapter {
    private final Workspace workspace;

    /** @param workspace where models are found */
    public MergeAdapter(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * What is merged.
     *
     * @param adapter the folder of PEFT's files
     * @param base a folder or name; null for the one that the adapter names
     * @param output where the model goes
     * @param maxShardBytes largest file
     */
    public record Request(Path adapter, @Nullable String base, Path output, long maxShardBytes) {}

    /**
     * Merges.
     *
     * @return the model's folder
     * @throws org.sqltune.core.config.ConfigException if there is no such adapter
     * @throws org.sqltune.core.SqlTuneException if the base isn't named or can't be had, or the model can't be written
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
