package org.sqltune.workflow.model;

import java.nio.file.Path;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;
import org.sqltune.workflow.Workspace;

/** Brings a repository of the hub into the cache, as it is now. */
public final class DownloadModel {
    private final Workspace workspace;

    /** @param workspace knows the hub and is shown downloads */
    public DownloadModel(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * What is downloaded.
     *
     * @param name {@code owner/name}
     * @param revision branch, tag or commit
     * @param dataset whether it is a data set, of which every file is taken; of models only what is needed
     */
    public record Request(String name, String revision, boolean dataset) {
        /** Returns a model or an adapter as its owners publish it. */
        public static Request of(String name) {
            return new Request(name, ModelSettings.MAIN_REVISION, false);
        }
    }

    /**
     * Downloads what has changed.
     *
     * @return the folder in the cache
     * @throws org.sqltune.core.SqlTuneException if it can't be had
     */
    public Path run(Request request) {
        RepositoryId repository =
                new RepositoryId(request.dataset() ? RepositoryType.DATASET : RepositoryType.MODEL, request.name());
        return workspace
                .hub()
                .refresh(
                        new RepositoryRevision(repository, request.revision()),
                        request.dataset() ? FileSelection.EVERYTHING : FileSelection.MODEL_OR_ADAPTER);
    }
}
