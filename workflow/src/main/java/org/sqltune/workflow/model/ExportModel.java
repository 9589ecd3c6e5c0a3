package org.sqltune.workflow.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.text.Failures;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufType;
import org.sqltune.model.ModelMerger;
import org.sqltune.model.safetensors.ShardedModelWriter;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Writes a model, or an adapter merged into its base, in the form that another runtime reads. */
public final class ExportModel {
    private final Workspace workspace;

    /** @param workspace where models are found */
    public ExportModel(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The form of the file. */
    public enum Format {
        /** One file for llama.cpp, Ollama and what is built on them. */
        GGUF
    }

    /**
     * What is exported.
     *
     * @param source a model's folder or name, or the folder of an adapter, which is merged into its base first
     * @param base the adapter's base; null for the one that it names
     * @param format the form of the file
     * @param type how matrices are written
     * @param tokenIds whether the file is for callers that send tokens, so that a tokenizer that the other runtime lacks
     *     doesn't matter
     * @param output the file
     */
    public record Request(
            String source, @Nullable String base, Format format, GgufType type, boolean tokenIds, Path output) {
        /** @throws ConfigException if the output is a folder, or a base is given for what is no adapter */
        public Request {
            if (Files.isDirectory(output)) {
                throw new ConfigException(
                        "--output", List.of(output + " is a folder: name a file, such as model.gguf"));
            }
            if (base != null && !isAdapter(source)) {
                throw new ConfigException(
                        "--base-model", List.of(source + " is no adapter, so it has no base: leave --base-model out"));
            }
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

    private Path export(Request request, TaskListener listener) {
        if (!isAdapter(request.source())) {
            return write(
                    workspace.models().resolve(ModelSettings.defaults().withName(request.source())), request, listener);
        }
        Path merged = request.output()
                .toAbsolutePath()
                .resolveSibling("." + request.output().getFileName() + ".merged");
        try {
            new ModelMerger(workspace.models())
                    .merge(
                            Path.of(request.source()),
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
