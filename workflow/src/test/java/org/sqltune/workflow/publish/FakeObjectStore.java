package org.sqltune.workflow.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Where a hub's large files go, whole or in parts: what has another hash or size isn't kept. */
final class FakeObjectStore {
    /** By their SHA-256. */
    final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    /** All headers that came. */
    final List<String> shown = Collections.synchronizedList(new ArrayList<>());

    private final FaultyServers servers;
    private final List<String> asked;
    private final HttpServer server;
    private final Map<String, TreeMap<Integer, byte[]>> parts = new ConcurrentHashMap<>();

    /** @param asked gets what comes, without names */
    FakeObjectStore(FaultyServers servers, List<String> asked) {
        this.servers = servers;
        this.asked = asked;
        this.server = servers.start(this::answer);
    }

    /** Another host to a client than the hub's. */
    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String[] words = path.split("/");
        asked.add(exchange.getRequestMethod() + " /" + words[1]);
        exchange.getRequestHeaders().values().forEach(values -> shown.addAll(values));
        if (servers.faulty(exchange, words[1])) {
            return;
        }
        byte[] content = exchange.getRequestBody().readAllBytes();
        if (words[1].equals("put")) {
            boolean right =
                    FakeUploadHub.sha256(content).equals(words[2]) && content.length == Long.parseLong(words[3]);
            if (right) {
                stored.put(words[2], content);
            }
            servers.end(exchange, right ? 200 : 400);
        } else if (words[1].equals("part")) {
            parts.computeIfAbsent(words[2], any -> new TreeMap<>()).put(Integer.parseInt(words[3]), content);
            exchange.getResponseHeaders().set("ETag", "\"" + FakeUploadHub.sha256(content) + "\"");
            servers.end(exchange, 200);
        } else {
            complete(exchange, words[2], JsonMapper.builder().build().readTree(content));
        }
    }

    private void complete(HttpExchange exchange, String oid, JsonNode body) throws IOException {
        int size = 0;
        for (JsonNode each : body.path("parts")) {
            byte[] part = parts.get(oid).get(each.path("partNumber").asInt());
            if (!each.path("etag").asText().equals("\"" + FakeUploadHub.sha256(part) + "\"")) {
                servers.end(exchange, 400);
                return;
            }
            size += part.length;
        }
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] part : parts.get(oid).values()) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        if (FakeUploadHub.sha256(whole).equals(oid)) {
            stored.put(oid, whole);
        }
        servers.end(exchange, FakeUploadHub.sha256(whole).equals(oid) ? 200 : 400);
    }
}
