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
import org.sqltune.core.config.settings.ModelSettings;
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
    /** Files that a loader takes for a model's or an adapter's weights. */
    private static final String WEIGHTS = "(model|adapter_model|pytorch_model)[-.].*|adapter_config\\.json";

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
        boolean created = prepare(order, calls);
        RepositoryListing before = branch(target, calls);
        requireNoOtherWeights(order, before);
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

    /** Has the repository there, private unless it was said otherwise; returns whether it is new. */
    private boolean prepare(Order order, HubCalls calls) {
        String name = order.target().repository().name();
        String path = "/api/" + order.target().repository().type().plural() + "/" + name;
        Answer found = calls.get(path);
        if (found.status() == 404) {
            String owner = name.substring(0, name.indexOf('/'));
            ObjectNode body = ServerJson.object()
                    .put("type", "model")
                    .put("name", name.substring(owner.length() + 1))
                    .put("organization", owner)
                    .put("private", !order.open());
            Answer made = calls.post("/api/repos/create", body);
            if (made.status() != 409) {
                calls.require(made, "create " + name);
                return true;
            }
            // It came into being meanwhile, perhaps by an attempt whose answer was lost.
            found = calls.get(path);
        }
        calls.require(found, "read " + name);
        if (!found.json().path("private").isBoolean()) {
            throw calls.nonsense(found.from(), "whether the repository is private");
        }
        boolean open = !found.json().path("private").asBoolean();
        if (open != order.open()) {
            throw new SqlTuneException(
                    open
                            ? settings.endpoint() + "/" + name
                                    + " is public, and what is published there everybody may read: say --public, or"
                                    + " give another name"
                            : settings.endpoint() + "/" + name
                                    + " is private and --public doesn't change that: change it at "
                                    + settings.endpoint() + "/" + name + "/settings,"
                                    + " or leave out --public");
        }
        return false;
    }

    /** The branch as it is; it is made if there is none. */
    private RepositoryListing branch(RepositoryRevision target, HubCalls calls) {
        HubClient client = new HubClient(settings, transport);
        try {
            return client.list(target);
        } catch (HubException e) {
            if (e.reason() != Reason.NO_REVISION || target.revision().equals(ModelSettings.MAIN_REVISION)) {
                throw e;
            }
        }
        Answer made = calls.post(api(target, "branch"), ServerJson.object());
        if (made.status() != 409) {
            calls.require(made, "make a branch " + target.revision());
        }
        return client.list(target);
    }

    private static String api(RepositoryRevision target, String what) {
        return "/api/" + target.repository().type().plural() + "/"
                + target.repository().name() + "/" + what + "/" + HubClient.encode(target.revision());
    }

    /** A loader would mix what is published with weights that lie there and aren't replaced. */
    private static void requireNoOtherWeights(Order order, RepositoryListing before) {
        Set<String> ours = order.files().stream().map(OutgoingFile::path).collect(Collectors.toSet());
        if (ours.stream().noneMatch(path -> path.matches(WEIGHTS))) {
            return;
        }
        List<String> others = before.paths().stream()
                .filter(path -> path.matches(WEIGHTS) && !ours.contains(path))
                .toList();
        if (!others.isEmpty()) {
            throw new SqlTuneException("The " + order.target() + " has " + String.join(", ", others)
                    + ", which a loader would take together with what is published: delete it there, or give another name"
                    + " or --revision");
        }
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
        Answer answer = calls.require(calls.post(api(target, "preupload"), body), "write to the " + target);
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
        URI address = URI.create(settings.endpoint() + api(order.target(), "commit"));
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
