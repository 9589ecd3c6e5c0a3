package org.sqltune.model.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.client.RepositoryFile;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryListing;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.json.JsonObjects;

/** Which files of a folder here would be downloaded if the folder were a repository on the hub. */
public final class FolderFiles {
    private FolderFiles() {}

    /**
     * The files of a model or an adapter, settings first.
     *
     * @param folder the folder
     * @param repository what it is to be on the hub, for messages
     * @return names in the folder, all of which are there
     * @throws SqlTuneException if it holds neither, or lacks a file
     */
    public static List<String> of(Path folder, RepositoryId repository) {
        List<String> files = ModelFiles.select(
                new RepositoryRevision(repository, ModelSettings.MAIN_REVISION),
                new Listing(folder),
                FileSelection.MODEL_OR_ADAPTER,
                path -> JsonObjects.read(folder.resolve(path)));
        for (String file : files) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new SqlTuneException(folder + " has no " + file + ", which belongs to its model: write it again");
            }
        }
        return files;
    }

    private record Listing(Path folder) implements RepositoryListing {
        @Override
        public String commit() {
            return "";
        }

        @Override
        public Set<String> paths() {
            return Set.of();
        }

        @Override
        public boolean has(String path) {
            return Files.isRegularFile(folder.resolve(path));
        }

        @Override
        public RepositoryFile file(String path) {
            throw new UnsupportedOperationException("Only names are asked for");
        }
    }
}
