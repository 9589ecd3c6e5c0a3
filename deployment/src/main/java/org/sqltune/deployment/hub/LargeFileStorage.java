package org.sqltune.deployment.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.core.io.FileHashes;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.deployment.hub.HubCalls.Answer;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.HubException.Reason;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.server.ServerJson;

/**
 * Uploads to a repository's large-file storage, in one request or, where the hub asks for it, in parts. Files are known there
 * by their SHA-256: one that is stored already isn't sent.
 *
 * @see <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md">Git LFS's batch API</a>
 * @see <a href="https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/lfs.py">the hub's transfer in
 *     parts</a>
 */
final class LargeFileStorage {
    private static final String LFS = "application/vnd.git-lfs+json";
    /** Headers that Java's client sets by itself. */
    private static final Set<String> OWN_HEADERS = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private static final int MEGABYTE = 1_000_000;

    private final HubSettings settings;
    private final HubCalls calls;
    private final RepositoryRevision target;

    LargeFileStorage(HubSettings settings, HubCalls calls, RepositoryRevision target) {
        this.settings = settings;
        this.calls = calls;
        this.target = target;
    }

    /**
     * Asks which files aren't stored yet.
     *
     * @return what to do with each of those, by its hash
     * @throws HubException if the hub takes one of them not at all
     */
    Map<String, JsonNode> missing(List<OutgoingFile> files) {
        ObjectNode body = ServerJson.object().put("operation", "upload").put("hash_algo", "sha256");
        body.putArray("transfers").add("basic").add("multipart");
        body.putObject("ref").put("name", target.revision());
        ArrayNode objects = body.putArray("objects");
        Map<String, OutgoingFile> byHash = new LinkedHashMap<>();
        files.forEach(file -> byHash.put(file.sha256(), file));
        byHash.values()
                .forEach(file -> objects.addObject().put("oid", file.sha256()).put("size", file.size()));
        URI address =
                URI.create(settings.endpoint() + "/" + target.repository().path() + ".git/info/lfs/objects/batch");
        Answer answer = calls.require(calls.send("POST", address, LFS, body.toString()), "store large files");
        Map<String, JsonNode> actions = new LinkedHashMap<>();
        Set<String> answered = new HashSet<>();
        for (JsonNode object : answer.json().path("objects")) {
            OutgoingFile file = byHash.get(object.path("oid").asText());
            if (file == null) {
                throw calls.nonsense(address, "the objects that were asked for");
            }
            answered.add(file.sha256());
            requireAccepted(file, object.path("error"));
            if (object.path("actions").has("upload")) {
                actions.put(file.sha256(), object.path("actions"));
            }
        }
        if (answered.size() < byHash.size()) {
            throw calls.nonsense(address, "all of the objects that were asked for");
        }
        return actions;
    }

    private void requireAccepted(OutgoingFile file, JsonNode error) {
        if (error.isObject()) {
            throw new HubException(
                    Reason.UNUSABLE,
                    settings.endpoint() + " doesn't take " + file.path() + ", " + ByteSizes.inWords(file.size()) + " ("
                            + error.path("code").asText("") + ", "
                            + calls.quoted(error.path("message").asText("no reason"))
                            + "): write smaller shards (adapter merge --max-shard-size) or a smaller --type");
        }
    }

    /**
     * Sends a file.
     *
     * @param actions what {@link #missing} says of it
     * @param progress counts megabytes
     */
    void upload(OutgoingFile file, JsonNode actions, ProgressListener progress) {
        JsonNode upload = actions.path("upload");
        Map<String, String> header = new HashMap<>();
        upload.path("header")
                .properties()
                .forEach(each -> header.put(each.getKey(), each.getValue().asText()));
        LongConsumer counter = done -> progress.advanced(done / MEGABYTE, (file.size() + MEGABYTE - 1) / MEGABYTE, "");
        URI address = safe(upload.path("href").asText());
        if (header.containsKey("chunk_size")) {
            sendParts(file, address, header, counter);
        } else {
            header.keySet().removeIf(name -> OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
            FilePart whole = new FilePart(file, 0, file.size(), FileHashes.sha256(), counter);
            calls.require(calls.send("PUT", address, header, whole), "store " + file.path());
        }
        JsonNode verify = actions.path("verify");
        if (verify.has("href")) {
            String body = ServerJson.object()
                    .put("oid", file.sha256())
                    .put("size", file.size())
                    .toString();
            calls.require(
                    calls.send("POST", safe(verify.path("href").asText()), LFS, body),
                    "have " + file.path() + " checked");
        }
    }

    /** Parts have numbers for names, the first being 1; each answer's ETag goes into the request that ends the upload. */
    private void sendParts(OutgoingFile file, URI completion, Map<String, String> header, LongConsumer counter) {
        TreeMap<Integer, String> parts = new TreeMap<>();
        header.forEach((name, value) -> {
            if (name.matches("\\d{1,6}")) {
                parts.put(Integer.parseInt(name), value);
            }
        });
        String given = header.getOrDefault("chunk_size", "");
        long partBytes = given.matches("[1-9]\\d{0,17}") ? Long.parseLong(given) : 0;
        if (partBytes == 0 || parts.size() != (file.size() + partBytes - 1) / partBytes) {
            throw calls.nonsense(completion, "an address for each part of " + file.path());
        }
        ObjectNode body = ServerJson.object().put("oid", file.sha256());
        ArrayNode sent = body.putArray("parts");
        MessageDigest before = FileHashes.sha256();
        long offset = 0;
        for (Map.Entry<Integer, String> each : parts.entrySet()) {
            FilePart part = new FilePart(file, offset, Math.min(partBytes, file.size() - offset), before, counter);
            URI address = safe(each.getValue());
            Answer answer = calls.require(
                    calls.send("PUT", address, Map.of(), part), "store part " + each.getKey() + " of " + file.path());
            String etag = answer.headers()
                    .firstValue("ETag")
                    .orElseThrow(() -> calls.nonsense(address, "the ETag of a part of " + file.path()));
            sent.addObject().put("partNumber", each.getKey()).put("etag", etag);
            before = part.after();
            offset += partBytes;
        }
        calls.require(calls.send("POST", completion, LFS, body.toString()), "join the parts of " + file.path());
    }

    /** The hub sends files where it likes, but never from an encrypted connection to one that isn't. */
    private URI safe(String address) {
        try {
            URI uri = URI.create(address);
            boolean open = "http".equals(uri.getScheme())
                    && "http".equals(settings.endpoint().getScheme());
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || open)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // No address: the same failure.
        }
        throw calls.nonsense(settings.endpoint(), "a safe address to send large files to");
    }
}
