package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.Map;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.synthesis.demo.DemoDatabases;

/**
 * The user's folder for what can always be made again: {@code $XDG_CACHE_HOME/sqltune}, else {@code ~/.cache/sqltune}.
 *
 * @param folder the folder; need not exist yet
 */
public record UserCache(Path folder) {
    /** As the environment says. */
    public static UserCache of(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new UserCache(base.resolve("sqltune"));
    }

    /** Models by name: the base of the jar is unpacked here, others come from the hub. */
    public ModelFolders models(ModelHub hub) {
        return new ModelFolders(folder, hub);
    }

    /** Returns where the demo databases' files lie. */
    public DemoDatabases demo() {
        return new DemoDatabases(folder.resolve("demo"));
    }

    /** Returns what was typed in interactive sessions. */
    public Path history() {
        return folder.resolve("history");
    }
}
