package org.sqltune.model.hub.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A listing as the hub's API gives it: {@code {"sha": commit, "siblings": [{"rfilename", "size", "blobId", "lfs": {"sha256",
 * "size"}}]}}. A mirror may leave out all but the names; the rest is then asked for file by file.
 */
final class NamedListing implements RepositoryListing {
    private final HubClient client;
    private final RepositoryRevision at;
    private final Map<String, JsonNode> entries = new LinkedHashMap<>();

    NamedListing(HubClient client, RepositoryId repository, ObjectNode json) {
        this.client = client;
        at = new RepositoryRevision(repository, json.path("sha").asText());
        json.path("siblings")
                .forEach(entry -> entries.put(entry.path("rfilename").asText(), entry));
    }

    /** Whether JSON has the parts that a listing needs. */
    static boolean isListing(ObjectNode json) {
        return RepositoryRevision.isCommit(json.path("sha").asText())
                && json.path("siblings").isArray();
    }

    @Override
    public String commit() {
        return at.revision();
    }

    @Override
    public Set<String> paths() {
        return entries.keySet();
    }

    @Override
    public boolean has(String path) {
        return entries.containsKey(path);
    }

    @Override
    public RepositoryFile file(String path) {
        JsonNode entry = entries.get(path);
        if (entry == null) {
            throw new HubException(HubException.Reason.NO_FILE, "The " + at + " has no file " + path);
        }
        JsonNode large = entry.path("lfs");
        String etag = large.path("sha256").asText(entry.path("blobId").asText(""));
        JsonNode size = large.path("size").isNumber() ? large.path("size") : entry.path("size");
        return etag.isEmpty() || !size.canConvertToLong()
                ? client.describe(at, path)
                : new RepositoryFile(path, size.asLong(), etag);
    }
}
