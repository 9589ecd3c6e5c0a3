package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.Map;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.synthesis.demo.DemoDatabases;

/**
 * The user's cache folder, whose content can always be recreated: {@code $XDG_CACHE_HOME/sqltune}, else {@code
 * ~/.cache/sqltune}.
 *
 * @param folder the folder, which needn't exist yet
 */
public record UserCache(Path folder) {
    /** Returns the cache folder that the environment defines. */
    public static UserCache of(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new UserCache(base.resolve("sqltune"));
    }

    /** Returns models by name: the jar's base model is unpacked into the cache, others come from the hub. */
    public ModelFolders models(ModelHub hub) {
        return new ModelFolders(folder, hub);
    }

    /** Returns the demo databases. */
    public DemoDatabases demo() {
        return new DemoDatabases(folder.resolve("demo"));
    }

    /** Returns the history file of interactive sessions. */
    public Path history() {
        return folder.resolve("history");
    }
}
