package org.sqltune.model.hub.client;

import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;

/**
 * A state of a repository.
 *
 * @param repository which repository
 * @param revision a branch, a tag, or a commit
 */
public record RepositoryRevision(RepositoryId repository, String revision) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    /** As git allows them, less what would lead out of the cache's folder {@code refs}. */
    private static final Pattern NAME =
            Pattern.compile("[^\\p{Cntrl}\\s~^:?*\\[\\\\/]+(/[^\\p{Cntrl}\\s~^:?*\\[\\\\/]+)*");

    public RepositoryRevision {
        if (!NAME.matcher(revision).matches()
                || revision.startsWith(".")
                || revision.contains("..")
                || revision.contains("/.")) {
            throw new SqlTuneException(
                    "'" + revision + "' can't be a revision: give a branch, a tag, or a commit of 40 hex digits");
        }
    }

    /** Whether this is one commit for ever, and not a name that may move on. */
    public boolean isCommit() {
        return isCommit(revision);
    }

    public static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** The same repository at a commit. */
    public RepositoryRevision at(String commit) {
        return new RepositoryRevision(repository, commit);
    }

    @Override
    public String toString() {
        return repository + " (" + revision + ")";
    }
}
