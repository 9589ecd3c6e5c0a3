package org.sqltune.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.text.NearestNames;

/** Checks that the files and folders of a request exist, before any work begins. */
public final class NamedPaths {
    private final List<String> faults = new ArrayList<>();

    /**
     * Requires a file.
     *
     * @param option the option that named it, for the message
     * @param file null if the option is left out
     */
    public NamedPaths file(String option, @Nullable Path file) {
        if (file != null && !Files.isRegularFile(file)) {
            missing(option, file, Files.isDirectory(file) ? "is a folder; name a file" : "there is no such file");
        }
        return this;
    }

    /**
     * Requires a folder.
     *
     * @param option the option that named it, for the message
     * @param folder null if the option is left out
     */
    public NamedPaths folder(String option, @Nullable Path folder) {
        if (folder != null && !Files.isDirectory(folder)) {
            missing(option, folder, Files.exists(folder) ? "is a file; name a folder" : "there is no such folder");
        }
        return this;
    }

    /**
     * Requires a file or folder.
     *
     * @param option the option that named it, for the message
     * @param path null if the option is left out
     */
    public NamedPaths exists(String option, @Nullable Path path) {
        if (path != null && !Files.exists(path)) {
            missing(option, path, "there is no such file or folder");
        }
        return this;
    }

    /** Adds another fault. */
    public NamedPaths fault(String fault) {
        faults.add(fault);
        return this;
    }

    /** @throws ConfigException if there are faults; lists them all */
    public void check() {
        if (!faults.isEmpty()) {
            throw new ConfigException("the command line", faults);
        }
    }

    private void missing(String option, Path path, String problem) {
        faults.add(
                option + " " + path + ": " + problem + (Files.exists(path) ? "" : NearestNames.pathSuggestion(path)));
    }
}
