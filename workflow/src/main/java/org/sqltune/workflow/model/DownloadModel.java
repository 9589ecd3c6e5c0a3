package org.sqltune.workflow.model;

import java.nio.file.Path;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;
import org.sqltune.workflow.Workspace;

/** Downloads the current state of a hub repository into the cache. */
public final class DownloadModel {
    private final Workspace workspace;

    /** @param workspace provides the hub and the display of downloads */
    public DownloadModel(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * A download request.
     *
     * @param name {@code owner/name}
     * @param revision a branch, tag or commit
     * @param dataset whether it is a data set, of which all files are downloaded; of models only the required ones
     */
    public record Request(String name, String revision, boolean dataset) {
        /** Returns a request for the published version of a model or an adapter. */
        public static Request of(String name) {
            return new Request(name, ModelSettings.MAIN_REVISION, false);
        }
    }

    /**
     * Downloads new and changed files.
     *
     * @return the folder in the cache
     * @throws org.sqltune.core.SqlTuneException if it can't be downloaded
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
