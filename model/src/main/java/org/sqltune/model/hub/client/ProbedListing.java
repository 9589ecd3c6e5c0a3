package org.sqltune.model.hub.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of a hub that has no API, such as a plain mirror: each name is asked for. */
final class ProbedListing implements RepositoryListing {
    private final HubClient client;
    private final RepositoryRevision at;
    private final Map<String, Optional<RepositoryFile>> asked = new HashMap<>();

    /** @param at the repository at a commit */
    ProbedListing(HubClient client, RepositoryRevision at) {
        this.client = client;
        this.at = at;
    }

    @Override
    public String commit() {
        return at.revision();
    }

    @Override
    public Set<String> paths() {
        return Set.of();
    }

    @Override
    public boolean has(String path) {
        return ask(path).isPresent();
    }

    @Override
    public RepositoryFile file(String path) {
        return ask(path)
                .orElseThrow(() -> new HubException(HubException.Reason.NO_FILE, "The " + at + " has no file " + path));
    }

    private Optional<RepositoryFile> ask(String path) {
        return asked.computeIfAbsent(path, this::describe);
    }

    private Optional<RepositoryFile> describe(String path) {
        try {
            return Optional.of(client.describe(at, path));
        } catch (HubException e) {
            if (e.reason() == HubException.Reason.NO_FILE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
