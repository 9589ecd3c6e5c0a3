package org.sqltune.model.hub.client;

import java.util.Set;

/** The files of a repository at one commit. */
public interface RepositoryListing {
    /** The commit, 40 hex digits. */
    String commit();

    /** Every file there is, in the hub's order; empty where nobody will say. */
    Set<String> paths();

    /** Whether there is a file of this name. */
    boolean has(String path);

    /**
     * One of the files.
     *
     * @throws HubException if there is no such file
     */
    RepositoryFile file(String path);
}
