package org.sqltune.cli;

import java.nio.file.Path;
import java.util.Map;

/** The folder for what can always be made again: {@code $XDG_CACHE_HOME/sqltune}, else {@code ~/.cache/sqltune}. */
final class UserCache {
    private UserCache() {}

    /** Where the demo databases' files lie. */
    static Path demoDatabases(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("sqltune").resolve("demo");
    }
}
