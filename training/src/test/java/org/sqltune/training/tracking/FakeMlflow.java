package org.sqltune.training.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An MLflow server that holds one run in memory, keeps to the API's limits, and breaks as told. */
final class FakeMlflow implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_REQUEST = 400;

    private final HttpServer server;
    final List<String> calls = new ArrayList<>();
    final Map<String, String> params = new TreeMap<>();
    final List<String> metrics = new ArrayList<>();
    final List<String> statuses = new ArrayList<>();
    String experiment = "";
    String authorization = "";
    /** Calls of log-batch with metrics that fail from now on. */
    int broken;

    FakeMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/", this::answer);
        server.start();
    }

    String uri() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        calls.add(method);
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        switch (method) {
            case "experiments/get-by-name" -> send(exchange, 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}");
            case "experiments/create" -> {
                experiment = body.path("name").asText();
                send(exchange, 200, "{\"experiment_id\": \"7\"}");
            }
            case "runs/create" ->
                send(
                        exchange,
                        body.path("experiment_id").asText().equals("7") ? 200 : BAD_REQUEST,
                        "{\"run\": {\"info\": {\"run_id\": \"abc\"}}}");
            case "runs/log-batch" -> logBatch(exchange, body);
            case "runs/update" -> {
                statuses.add(
                        body.path("run_id").asText() + " " + body.path("status").asText());
                send(exchange, 200, "{}");
            }
            default -> send(exchange, BAD_REQUEST, "{\"message\": \"unknown\"}");
        }
    }

    private void logBatch(HttpExchange exchange, JsonNode body) throws IOException {
        boolean tooMuch =
                body.path("params").size() > 100 || body.path("metrics").size() > 1000;
        if (tooMuch || body.path("metrics").size() > 0 && broken-- > 0) {
            send(exchange, tooMuch ? BAD_REQUEST : 503, "{\"message\": \"no room\"}");
            return;
        }
        body.path("params")
                .forEach(each ->
                        params.put(each.path("key").asText(), each.path("value").asText()));
        body.path("metrics")
                .forEach(each ->
                        metrics.add(each.path("step") + " " + each.path("key").asText() + " " + each.path("value")));
        send(exchange, 200, "{}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
