package org.sqltune.workflow.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.text.NearestNames;
import org.sqltune.data.source.Splits;

/** Checks what a request names before any work begins, and suggests what was probably meant. */
final class Inputs {
    private Inputs() {}

    /**
     * A file that must exist.
     *
     * @param what the request's part that names it, such as {@code input}
     * @throws ConfigException if there is no such file: names the nearest path that exists
     */
    static Path file(String what, Path file) {
        return require(what, file, "file", Files.isRegularFile(file));
    }

    /**
     * A folder that must exist.
     *
     * @param what the request's part that names it, such as {@code databases}
     * @throws ConfigException if there is no such folder: names the nearest path that exists
     */
    static Path folder(String what, Path folder) {
        return require(what, folder, "folder", Files.isDirectory(folder));
    }

    /**
     * A file or folder that must exist.
     *
     * @param what the request's part that names it, such as {@code data.path}
     * @throws ConfigException if there is neither: names the nearest path that exists
     */
    static Path existing(String what, Path path) {
        return require(what, path, "file or folder", Files.exists(path));
    }

    private static Path require(String what, Path path, String kind, boolean exists) {
        if (!exists) {
            String suggestion = NearestNames.pathSuggestion(path);
            throw new ConfigException(
                    what,
                    List.of("there is no " + kind + " " + path
                            + (suggestion.isEmpty() ? ": check the path" : suggestion)));
        }
        return path;
    }

    /**
     * The questions of a configuration's data.
     *
     * @param questions null where the data are prompts and completions
     * @param verb what needs questions, such as {@code audit}
     * @throws ConfigException if there are none
     */
    static Splits questions(@Nullable Splits questions, String verb) {
        if (questions == null) {
            throw new ConfigException(
                    "data",
                    List.of("the configuration's data are prompts and completions: to " + verb
                            + ", use rows of db_id, question, schema and sql"));
        }
        return questions;
    }
}
