package org.sqltune.model.lora;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.client.RepositoryId;

/**
 * What an adapter belongs to.
 *
 * @param name a folder or a hub name ({@code base_model_name_or_path})
 * @param revision its branch, tag or commit on the hub; null for a model that isn't from there
 */
public record AdapterBase(String name, @Nullable String revision) {
    /** The model that a configuration names. */
    public static AdapterBase of(ModelSettings model) {
        boolean fromHub = RepositoryId.ofModel(model.name()).isPresent() && !isFolder(model.name());
        return new AdapterBase(model.name(), fromHub ? model.revision() : null);
    }

    /** Settings that load it as a run without any of its own would. */
    public ModelSettings settings() {
        ModelSettings usual = ModelSettings.defaults();
        return usual.withName(name).withRevision(revision == null ? usual.revision() : revision);
    }

    private static boolean isFolder(String name) {
        try {
            return Files.isDirectory(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
