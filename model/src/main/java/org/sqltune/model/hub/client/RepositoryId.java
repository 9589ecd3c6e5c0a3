package org.sqltune.model.hub.client;

import java.util.Optional;
import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;

/**
 * A repository on the hub.
 *
 * @param type what it holds
 * @param name {@code owner/name}; very old ones have no owner
 */
public record RepositoryId(RepositoryType type, String name) {
    /** The rules of huggingface_hub's {@code validate_repo_id}. */
    private static final Pattern NAME = Pattern.compile("(\\w|\\w[\\w.-]{0,94}\\w)(/(\\w|\\w[\\w.-]{0,94}\\w))?");

    public RepositoryId {
        if (!isValid(name)) {
            throw new SqlTuneException("'" + name + "' can't be a name on the hub: give owner/name, such as"
                    + " TinyLlama/TinyLlama-1.1B-Chat-v1.0");
        }
    }

    /** The model of this name, if it has the form {@code owner/name} of a model on the hub. */
    public static Optional<RepositoryId> ofModel(String name) {
        return name.contains("/") && isValid(name)
                ? Optional.of(new RepositoryId(RepositoryType.MODEL, name))
                : Optional.empty();
    }

    /** Its folder in a cache, such as {@code models--owner--name}. */
    public String folderName() {
        return type.plural() + "--" + name.replace("/", "--");
    }

    /** Its page, from the hub's address on. */
    public String path() {
        return type.pathPrefix() + name;
    }

    private static boolean isValid(String name) {
        return NAME.matcher(name).matches() && !name.contains("--") && !name.contains("..") && !name.endsWith(".git");
    }

    @Override
    public String toString() {
        return type.inWords() + " " + name;
    }
}
