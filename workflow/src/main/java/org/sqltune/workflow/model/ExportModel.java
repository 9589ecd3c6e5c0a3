package org.sqltune.workflow.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.text.Failures;
import org.sqltune.deployment.export.AdapterExport;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.model.ModelMerger;
import org.sqltune.model.safetensors.ShardedModelWriter;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Writes a model, or an adapter merged into its base, as GGUF: one file for llama.cpp, Ollama and what is built on them. */
public final class ExportModel {
    private final Workspace workspace;

    /** @param workspace where models are found */
    public ExportModel(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * What is exported.
     *
     * @param model a model's folder or name; beside an adapter its base, null for the one that it names
     * @param adapter the folder of an adapter, which is merged into its base first; null for a model by itself
     * @param type how matrices are written
     * @param tokenIds whether the file is for callers that send tokens, so that a tokenizer that the other runtime lacks
     *     doesn't matter
     * @param output the file
     */
    public record Request(
            @Nullable String model, @Nullable Path adapter, GgufFileType type, boolean tokenIds, Path output) {
        /** @throws ConfigException if nothing is named, or the output is a folder */
        public Request {
            if (model == null && adapter == null) {
                throw new ConfigException(
                        "--model",
                        List.of("name a model's folder or name, or an adapter's folder with --adapter-path"));
            }
            if (Files.isDirectory(output)) {
                throw new ConfigException(
                        "--output", List.of(output + " is a folder: name a file, such as model.gguf"));
            }
        }

        /** What is exported, as other use cases name it. */
        public ModelRequest source() {
            Path merged = mergedAdapter();
            String name = merged == null ? model : base();
            List<String> keys = name == null ? List.of() : List.of("model.name=" + name);
            return new ModelRequest(RunRequest.of(null, keys), merged);
        }

        /** An adapter's folder that was given as a model is an adapter. */
        private @Nullable Path mergedAdapter() {
            return adapter == null && isAdapter(Objects.requireNonNull(model)) ? Path.of(model) : adapter;
        }

        private @Nullable String base() {
            return adapter == null ? null : model;
        }
    }

    /**
     * Exports.
     *
     * @return the file
     * @throws SqlTuneException if the model can't be had, the other runtime can't compute it, or the file can't be written
     */
    public Path run(Request request, TaskListener listener) {
        return FolderLock.beside(request.output(), "--output").during(() -> export(request, listener));
    }

    /**
     * Writes an adapter by itself, for a runtime that puts it beside its base.
     *
     * @param adapter the adapter's folder
     * @param base its base's folder or name; null for the one that it names
     * @param output the file
     * @return the file
     * @throws SqlTuneException if the adapter doesn't fit its base, can only be merged, or the file can't be written
     */
    public Path runAdapter(Path adapter, @Nullable String base, Path output, TaskListener listener) {
        new NamedPaths().folder("--adapter-path", adapter).check();
        return FolderLock.beside(output, "--output").during(() -> {
            Path folder = new ModelMerger(workspace.models()).base(adapter, base);
            AdapterExport.write(adapter, folder, output, listener.began("Writing the adapter"));
            return output;
        });
    }

    private Path export(Request request, TaskListener listener) {
        Path adapter = request.mergedAdapter();
        if (adapter == null) {
            String name = Objects.requireNonNull(request.model());
            return write(workspace.models().resolve(ModelSettings.defaults().withName(name)), request, listener);
        }
        Path merged = request.output()
                .toAbsolutePath()
                .resolveSibling("." + request.output().getFileName() + ".merged");
        try {
            new ModelMerger(workspace.models())
                    .merge(
                            adapter,
                            request.base(),
                            merged,
                            ShardedModelWriter.DEFAULT_SHARD_BYTES,
                            listener.began("Merging"));
            return write(merged, request, listener);
        } finally {
            delete(merged);
        }
    }

    private static Path write(Path model, Request request, TaskListener listener) {
        GgufExport.write(
                model, request.output(), request.type(), request.tokenIds(), listener.began("Writing the model"));
        return request.output();
    }

    private static void delete(Path folder) {
        try {
            AtomicFiles.deleteRecursively(folder);
        } catch (IOException e) {
            throw new SqlTuneException("Can't delete " + folder + ": " + Failures.reason(e) + "; delete it", e);
        }
    }

    private static boolean isAdapter(String source) {
        return Files.exists(Path.of(source, "adapter_config.json"));
    }
}
