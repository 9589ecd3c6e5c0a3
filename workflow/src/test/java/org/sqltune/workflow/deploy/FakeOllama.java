package org.sqltune.workflow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.sqltune.core.io.FileHashes;

/**
 * An Ollama server that computes nothing: it keeps blobs and models, refuses what Ollama refuses (a blob whose hash is another
 * one, a model of a blob that it hasn't, unknown parameters), writes prompts by TEMPLATE, and fails where it is told to.
 */
public final class FakeOllama implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> PARAMETERS =
            Set.of("temperature", "repeat_penalty", "num_ctx", "num_predict", "stop", "top_p", "top_k", "seed");
    private static final int DIGEST_CHARACTERS = 64;

    /** How a path fails. */
    public enum Fault {
        /** Status 500 with a text. */
        ERROR,
        /** Status 400 with a text. */
        REFUSAL,
        /** The connection ends in the middle of the answer. */
        DROP,
        /** The connection ends while the request is read. */
        DROP_REQUEST,
        /** Nothing comes. */
        SILENCE,
        /** Something else than JSON. */
        NONSENSE,
        /** An event that tells an error, with status 200. */
        ERROR_EVENT
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> models = new ConcurrentHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Set<String> library = ConcurrentHashMap.newKeySet();
    private volatile String version = "0.35.0";
    private volatile boolean rendersOnly = true;
    private volatile UnaryOperator<String> answers = prompt -> "SELECT COUNT(*) FROM orders";

    public FakeOllama() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What came, in its order: {@code POST /api/create}. */
    public List<String> asked() {
        return asked;
    }

    /** What came with the requests as their authorisation. */
    public List<String> authorizations() {
        return authorizations;
    }

    /** The request that made a model. */
    public JsonNode model(String name) {
        return models.get(name);
    }

    /** The models there are, with their tags. */
    public Set<String> models() {
        return models.keySet();
    }

    /** The bytes of a blob. */
    public byte[] blob(String digest) {
        return blobs.get(digest);
    }

    public FakeOllama version(String other) {
        version = other;
        return this;
    }

    /** A version that doesn't know {@code _debug_render_only}. */
    public FakeOllama withoutRendering() {
        rendersOnly = false;
        return this;
    }

    public FakeOllama answering(UnaryOperator<String> ofPrompt) {
        answers = ofPrompt;
        return this;
    }

    /** Models that can be pulled. */
    public FakeOllama library(String... names) {
        library.addAll(Arrays.asList(names));
        return this;
    }

    public FakeOllama failing(String path, Fault fault) {
        faults.put(path, fault);
        return this;
    }

    public void healed() {
        faults.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(authorization == null ? "" : authorization);
            String route = path.startsWith("/api/blobs/") ? "/api/blobs" : path;
            Fault fault = faults.get(exchange.getRequestMethod().equals("HEAD") ? "none" : route);
            if (fault == Fault.DROP_REQUEST) {
                exchange.getRequestBody().readNBytes(10);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (fault == null) {
                answer(exchange, route, path, body);
            } else {
                fail(exchange, fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fail(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case ERROR -> send(exchange, 500, "{\"error\": \"disk of the server is full\"}");
            case REFUSAL -> send(exchange, 400, "{\"error\": \"unknown type\"}");
            case ERROR_EVENT -> send(exchange, 200, "{\"status\": \"working\"}\n{\"error\": \"unsupported model\"}\n");
            case NONSENSE -> send(exchange, 200, "<html>no Ollama</html>");
            case SILENCE -> Thread.sleep(60_000);
            default -> {
                exchange.sendResponseHeaders(200, 1000);
                OutputStream out = exchange.getResponseBody();
                out.write("{\"status\": \"working\"}\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private void answer(HttpExchange exchange, String route, String path, byte[] body) throws IOException {
        switch (exchange.getRequestMethod() + " " + route) {
            case "GET /api/version" -> send(exchange, 200, "{\"version\": \"" + version + "\"}");
            case "GET /api/tags" -> tags(exchange);
            case "HEAD /api/blobs" -> exchange.sendResponseHeaders(blobs.containsKey(digest(path)) ? 200 : 404, -1);
            case "POST /api/blobs" -> take(exchange, digest(path), body);
            case "POST /api/create" -> create(exchange, JSON.readTree(body));
            case "POST /api/show" -> show(exchange, JSON.readTree(body));
            case "POST /api/pull" -> pull(exchange, JSON.readTree(body));
            case "POST /api/generate" -> generate(exchange, JSON.readTree(body));
            case "POST /api/chat" -> chat(exchange, JSON.readTree(body));
            case "DELETE /api/delete" -> delete(exchange, JSON.readTree(body));
            default -> send(exchange, 404, "404 page not found");
        }
    }

    private static String digest(String path) {
        return path.substring("/api/blobs/".length());
    }

    private void tags(HttpExchange exchange) throws IOException {
        ObjectNode list = JSON.createObjectNode();
        var names = list.putArray("models");
        models.keySet().stream().sorted().forEach(name -> names.addObject().put("name", name));
        send(exchange, 200, list.toString());
    }

    private void take(HttpExchange exchange, String digest, byte[] body) throws IOException {
        String is = "sha256:" + HexFormat.of().formatHex(FileHashes.sha256().digest(body));
        if (!is.equals(digest)) {
            send(exchange, 400, "{\"error\": \"digest mismatch, expected " + digest + ", got " + is + "\"}");
            return;
        }
        blobs.put(digest, body);
        exchange.sendResponseHeaders(201, -1);
    }

    private void create(HttpExchange exchange, JsonNode request) throws IOException {
        String fault = faultOf(request);
        if (!fault.isEmpty()) {
            send(exchange, 400, "{\"error\": \"" + fault + "\"}");
            return;
        }
        models.put(tagged(request.path("model").asText()), request);
        send(
                exchange,
                200,
                "{\"status\": \"parsing GGUF\"}\n{\"status\": \"writing manifest\"}\n{\"status\": \"success\"}\n");
    }

    private String faultOf(JsonNode request) {
        List<String> digests = new ArrayList<>();
        request.path("files").forEach(each -> digests.add(each.asText()));
        request.path("adapters").forEach(each -> digests.add(each.asText()));
        for (String digest : digests) {
            byte[] blob = blobs.get(digest);
            if (blob == null || digest.length() != "sha256:".length() + DIGEST_CHARACTERS) {
                return "blob " + digest + " not found";
            }
            if (!new String(blob, 0, 4, StandardCharsets.US_ASCII).equals("GGUF")) {
                return "unknown type of file";
            }
        }
        if (request.has("from")
                && !models.containsKey(tagged(request.path("from").asText()))) {
            return "model not found";
        }
        if (digests.isEmpty()) {
            return "neither 'from' or 'files' was specified";
        }
        for (var fields = request.path("parameters").fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            JsonNode value = request.path("parameters").path(name);
            if (!PARAMETERS.contains(name) || (name.equals("stop") ? !value.isArray() : !value.isNumber())) {
                return "invalid parameter " + name;
            }
        }
        return "";
    }

    private void show(HttpExchange exchange, JsonNode request) throws IOException {
        JsonNode model = models.get(tagged(request.path("model").asText()));
        if (model == null) {
            send(exchange, 404, "{\"error\": \"model not found\"}");
            return;
        }
        ObjectNode shown = JSON.createObjectNode();
        shown.set("template", model.path("template"));
        shown.set("system", model.path("system"));
        send(exchange, 200, shown.toString());
    }

    private void pull(HttpExchange exchange, JsonNode request) throws IOException {
        String name = request.path("model").asText();
        if (!library.contains(name)) {
            send(
                    exchange,
                    200,
                    "{\"status\": \"pulling manifest\"}\n{\"error\": \"pull model manifest: file does not exist\"}\n");
            return;
        }
        models.put(tagged(name), JSON.createObjectNode());
        send(
                exchange,
                200,
                "{\"status\": \"pulling manifest\"}\n"
                        + "{\"status\": \"pulling 1a2b\", \"digest\": \"sha256:1a2b\", \"total\": 1000, \"completed\": 400}\n"
                        + "{\"status\": \"pulling 1a2b\", \"digest\": \"sha256:1a2b\", \"total\": 1000, \"completed\": 1000}\n"
                        + "{\"status\": \"success\"}\n");
    }

    private void generate(HttpExchange exchange, JsonNode request) throws IOException {
        JsonNode model = models.get(tagged(request.path("model").asText()));
        if (model == null) {
            send(exchange, 404, "{\"error\": \"model not found\"}");
            return;
        }
        String prompt = request.path("raw").asBoolean()
                ? request.path("prompt").asText()
                : rendered(
                        model,
                        request.path("system").asText(),
                        request.path("prompt").asText());
        ObjectNode answer = JSON.createObjectNode()
                .put("response", answers.apply(prompt))
                .put("done", true)
                .put("done_reason", "stop")
                .put("eval_count", 5);
        send(exchange, 200, answer.toString());
    }

    private void chat(HttpExchange exchange, JsonNode request) throws IOException {
        JsonNode model = models.get(tagged(request.path("model").asText()));
        if (model == null) {
            send(exchange, 404, "{\"error\": \"model not found\"}");
            return;
        }
        String system = "";
        String prompt = "";
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asText().equals("system")) {
                system = message.path("content").asText();
            } else {
                prompt = message.path("content").asText();
            }
        }
        String rendered = rendered(model, system, prompt);
        ObjectNode answer = JSON.createObjectNode().put("done", true);
        if (rendersOnly && request.path("_debug_render_only").asBoolean()) {
            answer.putObject("_debug_info").put("rendered_template", rendered);
        } else {
            answer.putObject("message").put("role", "assistant").put("content", answers.apply(rendered));
        }
        send(exchange, 200, answer.toString());
    }

    /** As much of Go's templates as a Modelfile of ours has: one condition, and two places. */
    static String rendered(JsonNode model, String given, String prompt) {
        String system = given.isEmpty() ? model.path("system").asText() : given;
        String template = model.path("template").asText();
        String begin = "{{ if .System }}";
        if (template.startsWith(begin)) {
            int otherwise = template.indexOf("{{ else }}");
            int end = template.indexOf("{{ end }}");
            template = system.isEmpty()
                    ? template.substring(otherwise + "{{ else }}".length(), end)
                    : template.substring(begin.length(), otherwise);
        }
        return template.replace("{{ \"{{\" }}", "{{")
                .replace("{{ .System }}", system)
                .replace("{{ .Prompt }}", prompt);
    }

    private void delete(HttpExchange exchange, JsonNode request) throws IOException {
        boolean known = models.remove(tagged(request.path("model").asText())) != null;
        exchange.sendResponseHeaders(known ? 200 : 404, -1);
    }

    private static String tagged(String name) {
        return name.contains(":") ? name : name + ":latest";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
