package org.sqltune.deployment.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.deployment.hub.HubCalls.Answer;
import org.sqltune.deployment.hub.HubPublisher.Order;
import org.sqltune.model.hub.client.HubClient;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.HubException.Reason;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.HubTransport;
import org.sqltune.model.hub.client.RepositoryListing;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.server.ServerJson;

/** The repository that is published in, and its branch: made where there are none, refused where they don't fit. */
final class TargetRepository {
    /** Files that a loader takes for a model's or an adapter's weights. */
    private static final String WEIGHTS = "(model|adapter_model|pytorch_model)[-.].*|adapter_config\\.json";

    private final HubSettings settings;
    private final HubTransport transport;
    private final HubCalls calls;
    private final RepositoryRevision target;

    TargetRepository(HubSettings settings, HubTransport transport, HubCalls calls, RepositoryRevision target) {
        this.settings = settings;
        this.transport = transport;
        this.calls = calls;
        this.target = target;
    }

    /**
     * Has the repository there.
     *
     * @param wantedOpen whether everybody may read it
     * @return whether it is new
     * @throws SqlTuneException if it was there and is open to others than wanted: that is never changed
     */
    boolean prepare(boolean wantedOpen) {
        String name = target.repository().name();
        String path = "/api/" + target.repository().type().plural() + "/" + name;
        Answer found = calls.get(path);
        if (found.status() == 404) {
            String owner = name.substring(0, name.indexOf('/'));
            ObjectNode body = ServerJson.object()
                    .put("type", "model")
                    .put("name", name.substring(owner.length() + 1))
                    .put("organization", owner)
                    .put("private", !wantedOpen);
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
        if (open != wantedOpen) {
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
    RepositoryListing branch() {
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

    /** The API's path of something of the branch. */
    static String api(RepositoryRevision target, String what) {
        return "/api/" + target.repository().type().plural() + "/"
                + target.repository().name() + "/" + what + "/" + HubClient.encode(target.revision());
    }

    /** A loader would mix what is published with weights that lie there and aren't replaced. */
    static void requireNoOtherWeights(Order order, RepositoryListing before) {
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
}
