package org.sqltune.deployment.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.deployment.hub.HubCalls.Answer;
import org.sqltune.model.hub.client.HubClient;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.HubException.Reason;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.HubTransport;
import org.sqltune.model.hub.client.RepositoryListing;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.server.ServerJson;

/**
 * Publishes files in a repository of a Hugging Face hub, by its HTTP API: the repository is created if there is none, what
 * isn't stored there yet is sent, and one commit at the end makes all of it visible. Until then nothing is, so that a
 * publication that failed is begun again and goes on with what is missing.
 *
 * @see <a href="https://huggingface.co/docs/hub/api">the hub's API</a>
 */
public final class HubPublisher {
    private final HubSettings settings;
    private final HubTransport transport;

    /** @param transport reaches the hub that {@code settings} name */
    public HubPublisher(HubSettings settings, HubTransport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    /**
     * What is to be published.
     *
     * @param target the repository, and the branch
     * @param open whether everybody may read the repository
     * @param message the commit's first line
     * @param files all files of the commit
     */
    public record Order(RepositoryRevision target, boolean open, String message, List<OutgoingFile> files) {
        public Order {
            files = List.copyOf(files);
        }
    }

    /**
     * What was published.
     *
     * @param page the address for people
     * @param commit the branch's commit, which has the files
     * @param created whether the repository is new
     * @param open whether everybody may read it
     * @param sent the files that went to large-file storage or into the commit
     * @param stored those that large-file storage had already
     */
    public record Published(
            String page, String commit, boolean created, boolean open, Set<String> sent, Set<String> stored) {
        public Published {
            sent = Set.copyOf(sent);
            stored = Set.copyOf(stored);
        }
    }

    /** Is told which file is sent. */
    @FunctionalInterface
    public interface Listener {
        /** A file's upload begins; its progress is counted in megabytes. */
        ProgressListener uploading(OutgoingFile file);
    }

    /**
     * Fails without asking anybody if this machine can't publish.
     *
     * @throws HubException if there is no token, or the network is off limits
     */
    public void requireAccess() {
        if (settings.offline()) {
            throw new HubException(
                    Reason.OFFLINE,
                    "HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids to publish: unset it, or --dry-run");
        }
        if (settings.token() == null) {
            throw new HubException(
                    Reason.FORBIDDEN,
                    "publishing needs a token with write access: make one at " + settings.endpoint()
                            + "/settings/tokens and put it into the environment variable HF_TOKEN, or log in with"
                            + " Hugging Face's own hf auth login");
        }
    }

    /**
     * Publishes.
     *
     * @throws HubException if the hub can't be reached or refuses; nothing is visible then, and what was stored isn't sent
     *     again the next time
     * @throws SqlTuneException if a file can't be read, or changes meanwhile
     */
    public Published publish(Order order, Listener listener) {
        requireAccess();
        RepositoryRevision target = order.target();
        HubCalls calls = new HubCalls(settings, transport, target.repository().name());
        TargetRepository repository = new TargetRepository(settings, transport, calls, target);
        boolean created = repository.prepare(order.open());
        RepositoryListing before = repository.branch();
        TargetRepository.requireNoOtherWeights(order, before);
        List<OutgoingFile> changed =
                order.files().stream().filter(file -> !isThere(file, before)).toList();
        String page = settings.endpoint() + "/" + target.repository().path();
        if (changed.isEmpty()) {
            return new Published(page, before.commit(), created, order.open(), Set.of(), Set.of());
        }
        Set<String> large = large(changed, target, calls);
        List<OutgoingFile> stored =
                changed.stream().filter(file -> large.contains(file.path())).toList();
        Set<String> known = store(stored, target, calls, listener);
        String commit = commit(order, changed, large, before.commit(), calls);
        Set<String> sent =
                changed.stream().map(OutgoingFile::path).collect(Collectors.toCollection(LinkedHashSet::new));
        sent.removeAll(known);
        return new Published(page, commit, created, order.open(), sent, known);
    }

    private static boolean isThere(OutgoingFile file, RepositoryListing listing) {
        return listing.has(file.path()) && file.equalsRemote(listing.file(file.path()));
    }

    /** The files that the hub wants in large-file storage. */
    private static Set<String> large(List<OutgoingFile> files, RepositoryRevision target, HubCalls calls) {
        ObjectNode body = ServerJson.object();
        ArrayNode list = body.putArray("files");
        for (OutgoingFile file : files) {
            list.addObject()
                    .put("path", file.path())
                    .put("size", file.size())
                    .put("sample", Base64.getEncoder().encodeToString(file.sample()));
        }
        Answer answer =
                calls.require(calls.post(TargetRepository.api(target, "preupload"), body), "write to the " + target);
        Set<String> answered = new HashSet<>();
        Set<String> large = new HashSet<>();
        for (JsonNode each : answer.json().path("files")) {
            String path = each.path("path").asText();
            if (each.path("shouldIgnore").asBoolean()) {
                throw new SqlTuneException(
                        "The " + target + " has a .gitignore that leaves out " + path + ": change it there");
            }
            answered.add(path);
            if (each.path("uploadMode").asText().equals("lfs")) {
                large.add(path);
            }
        }
        if (!answered.containsAll(files.stream().map(OutgoingFile::path).toList())) {
            throw calls.nonsense(answer.from(), "how each file is to be sent");
        }
        return large;
    }

    /** Sends what isn't stored yet; returns what is. */
    private Set<String> store(List<OutgoingFile> files, RepositoryRevision target, HubCalls calls, Listener listener) {
        if (files.isEmpty()) {
            return Set.of();
        }
        LargeFileStorage storage = new LargeFileStorage(settings, calls, target);
        Map<String, JsonNode> missing = storage.missing(files);
        Set<String> known = new HashSet<>();
        Set<String> sent = new HashSet<>();
        for (OutgoingFile file : files) {
            JsonNode actions = missing.get(file.sha256());
            if (actions == null) {
                known.add(file.path());
            } else if (sent.add(file.sha256())) {
                storage.upload(file, actions, listener.uploading(file));
            }
        }
        return known;
    }

    /** One commit on top of the one that was seen: a hub refuses it with 412 if there is another by then. */
    private String commit(Order order, List<OutgoingFile> files, Set<String> large, String parent, HubCalls calls) {
        List<String> lines = new ArrayList<>();
        ObjectNode header = ServerJson.object();
        header.put("key", "header")
                .putObject("value")
                .put("summary", order.message())
                .put("description", "")
                .put("parentCommit", parent);
        lines.add(header.toString());
        files.forEach(
                file -> lines.add(operation(file, large.contains(file.path())).toString()));
        URI address = URI.create(settings.endpoint() + TargetRepository.api(order.target(), "commit"));
        Answer answer = calls.send("POST", address, "application/x-ndjson", String.join("\n", lines) + "\n");
        if (answer.status() == 412) {
            return ofLostAnswer(order);
        }
        String made = calls.require(answer, "commit to the " + order.target())
                .json()
                .path("commitOid")
                .asText();
        if (!RepositoryRevision.isCommit(made)) {
            throw calls.nonsense(address, "a commit");
        }
        return made;
    }

    private static ObjectNode operation(OutgoingFile file, boolean large) {
        ObjectNode operation = ServerJson.object().put("key", large ? "lfsFile" : "file");
        ObjectNode value = operation.putObject("value").put("path", file.path());
        if (large) {
            value.put("algo", "sha256").put("oid", file.sha256()).put("size", file.size());
        } else {
            value.put("content", Base64.getEncoder().encodeToString(file.content()))
                    .put("encoding", "base64");
        }
        return operation;
    }

    /** The other commit may be this one: by an attempt whose answer didn't come. */
    private String ofLostAnswer(Order order) {
        RepositoryListing now = new HubClient(settings, transport).list(order.target());
        @Nullable
        OutgoingFile other = order.files().stream()
                .filter(file -> !isThere(file, now))
                .findFirst()
                .orElse(null);
        if (other != null) {
            throw new SqlTuneException("Somebody else committed to the " + order.target()
                    + " meanwhile, so nothing was: look there, and publish again");
        }
        return now.commit();
    }
}
