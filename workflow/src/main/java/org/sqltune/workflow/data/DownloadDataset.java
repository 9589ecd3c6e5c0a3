package org.sqltune.workflow.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/**
 * Downloads and verifies a published data set; if it requires a manual download, verifies the copy or names the
 * source.
 */
public final class DownloadDataset {
    private final ModelHub hub;

    /** @param workspace provides the hub */
    public DownloadDataset(Workspace workspace) {
        hub = workspace.hub();
    }

    /**
     * A download request.
     *
     * @param dataset the data set
     * @param path its folder or archive if it was downloaded manually; null for the hub's cache, or {@code
     *     data/DATASET}
     * @param summary the output file with the result as JSON
     */
    public record Request(Dataset dataset, @Nullable Path path, Path summary) {
        /** Returns a request with default paths. */
        public static Request of(Dataset dataset) {
            return new Request(dataset, null, VerifyDataset.Request.DEFAULT_SUMMARY);
        }
    }

    /**
     * Downloads the data set from the hub, unless a path is given, and verifies it.
     *
     * @param listener notified when the files are read and when the summary is written; the hub reports its downloads
     *     itself
     * @throws ConfigException if the data set isn't published, or must be downloaded manually and is missing; the
     *     message names the source
     * @throws org.sqltune.core.SqlTuneException if the hub can't be reached, an archive can't be unpacked, or the
     *     summary can't be written
     */
    public VerifyDataset.Result run(Request request, TaskListener listener) {
        Dataset dataset = request.dataset();
        DatasetOrigin origin = DatasetOrigin.of(dataset)
                .orElseThrow(() -> new ConfigException(
                        "data download",
                        List.of(dataset.key() + " isn't published anywhere; there are " + published())));
        Path place = request.path() == null ? Path.of("data", dataset.key()) : request.path();
        if (request.path() == null && origin.isOnHub()) {
            listener.began("Fetching " + dataset.key());
            RepositoryId repository = new RepositoryId(RepositoryType.DATASET, origin.hubName());
            place = hub.refresh(
                    new RepositoryRevision(repository, ModelSettings.MAIN_REVISION), FileSelection.EVERYTHING);
        } else if (!Files.exists(place)) {
            throw new ConfigException(
                    "data download",
                    List.of("no program may download " + dataset.key() + ": " + origin.howToGet("at " + place)
                            + "; then verify it: sqltune data verify data.dataset=" + dataset.key()
                            + " data.path=" + place));
        }
        return VerifyDataset.verified(dataset, place, request.summary(), listener);
    }

    private static String published() {
        return Arrays.stream(Dataset.values())
                .filter(each -> DatasetOrigin.of(each).isPresent())
                .map(Dataset::key)
                .collect(Collectors.joining(", "));
    }
}
