package org.sqltune.deployment.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.hub.client.HubErrors;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.HubException.Reason;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.HubTransport;
import org.sqltune.model.hub.client.RequestBody;
import org.sqltune.model.server.ServerJson;

/** Requests that change something on a hub, and what their refusals mean. */
final class HubCalls {
    private static final String JSON = "application/json";
    private static final int LONGEST_BYTES = 16 << 20;

    private final HubSettings settings;
    private final HubTransport transport;
    private final String repository;

    /** @param repository what is written to, for messages */
    HubCalls(HubSettings settings, HubTransport transport, String repository) {
        this.settings = settings;
        this.transport = transport;
        this.repository = repository;
    }

    /**
     * What was answered.
     *
     * @param json the object that came; empty if none did
     */
    record Answer(URI from, int status, HttpHeaders headers, ObjectNode json) {
        boolean succeeded() {
            return status < 300;
        }
    }

    /** Posts JSON to a path of the hub. */
    Answer post(String path, JsonNode body) {
        return send("POST", URI.create(settings.endpoint() + path), JSON, body.toString());
    }

    /** Asks for JSON. */
    Answer get(String path) {
        URI address = URI.create(settings.endpoint() + path);
        return send("GET", address, Map.of("Accept", JSON), RequestBody.NONE);
    }

    /** Sends a text of some type. */
    Answer send(String method, URI address, String type, String body) {
        Map<String, String> headers = Map.of("Content-Type", type, "Accept", type.contains("ndjson") ? JSON : type);
        return send(method, address, headers, RequestBody.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends anything. */
    Answer send(String method, URI address, Map<String, String> headers, RequestBody body) {
        return transport.send(method, address, new HashMap<>(headers), body, answer -> {
            try (InputStream in = answer.body()) {
                return new Answer(address, answer.statusCode(), answer.headers(), parse(in.readNBytes(LONGEST_BYTES)));
            }
        });
    }

    private static ObjectNode parse(byte[] bytes) {
        try {
            return ServerJson.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return ServerJson.object();
        }
    }

    /**
     * Fails unless a request had success.
     *
     * @param what what was asked for, as in {@code doesn't let you WHAT}
     */
    Answer require(Answer answer, String what) {
        if (!answer.succeeded()) {
            throw refused(answer, what);
        }
        return answer;
    }

    /** The failure behind an answer. */
    HubException refused(Answer answer, String what) {
        String said = said(answer);
        String hub = answer.from().getAuthority();
        if (!transport.isHub(answer.from())) {
            return new HubException(
                    Reason.UNREACHABLE,
                    hub + ", where the hub stores large files, answers " + answer.status() + said + " to a request to "
                            + what + ": publish again, what is stored already isn't sent again");
        }
        return switch (answer.status()) {
            case 401 ->
                new HubException(
                        Reason.FORBIDDEN,
                        settings.endpoint() + " doesn't accept your token (401" + said
                                + "): it is wrong or expired. Make one with write access at " + tokens()
                                + " and set HF_TOKEN");
            case 403 ->
                new HubException(
                        Reason.FORBIDDEN,
                        settings.endpoint() + " doesn't let you " + what + " (403" + said + "): " + repository
                                + " must belong to your account or to an organisation that lets you write, and the token"
                                + " needs write access (" + tokens() + ")");
            case 404 ->
                new HubException(
                        Reason.NOT_A_HUB,
                        settings.endpoint() + " has no place to " + what + " (404" + said
                                + "): check the name and HF_ENDPOINT");
            case 413 ->
                new HubException(
                        Reason.UNUSABLE,
                        settings.endpoint() + " takes no files as large as these (413" + said
                                + "): write smaller shards (adapter merge --max-shard-size)");
            default ->
                new HubException(
                        Reason.UNUSABLE,
                        settings.endpoint() + " refuses to " + what + " (" + answer.status() + said
                                + "): nothing was committed");
        };
    }

    /** The failure of an answer of success that says something else than it must. */
    HubException nonsense(URI address, String missing) {
        return new HubException(
                Reason.NOT_A_HUB, address + " answers without " + missing + ": check HF_ENDPOINT, and proxies between");
    }

    private String said(Answer answer) {
        String text = answer.headers()
                .firstValue("X-Error-Message")
                .or(() -> Optional.ofNullable(error(answer.json())))
                .orElse("");
        if (text.isBlank()) {
            return "";
        }
        return ", " + quoted(text);
    }

    /** Somebody else's text as part of one line, without the token that it may echo. */
    String quoted(String text) {
        String token = settings.token();
        String line = HubErrors.oneLine(token == null ? text : text.replace(token, "***"));
        return line.replaceFirst("\\.$", "");
    }

    private static @Nullable String error(ObjectNode json) {
        return json.has("message") && !json.has("error") ? json.path("message").asText() : ServerJson.error(json);
    }

    String tokens() {
        return settings.endpoint() + "/settings/tokens";
    }
}
