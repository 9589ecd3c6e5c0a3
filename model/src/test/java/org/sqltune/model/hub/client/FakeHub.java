package org.sqltune.model.hub.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.hub.Fault;

/**
 * A hub on this machine that behaves as huggingface.co does towards its clients: an API that lists files, addresses of
 * files with headers that describe them, and large files on another server. Faults are told to it by file name.
 */
public final class FakeHub implements AutoCloseable {
    static {
        // Else every answer waits for an acknowledgement that comes 40 ms later.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern API = Pattern.compile("/api/(models|datasets)/(.+?)/(revision|tree)/([^/?]+)");
    private static final Pattern FILE = Pattern.compile("/(datasets/)?(.+?)/resolve/([^/]+)/(.+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer hub = server(this::answer);
    private final HttpServer store = server(this::answerFromStore);
    private final List<FakeRepository> repositories = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final Map<String, String> moved = new HashMap<>();
    /** Whether the API is there, and whether it also tells sizes and hashes. */
    public boolean hasApi = true;

    public boolean tellsHashes = true;

    /** A request as it came. */
    public record Asked(
            String server,
            String method,
            String path,
            @Nullable String token,
            @Nullable String range) {}

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private HttpServer server(Handler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    handler.handle(exchange);
                }
            });
            server.setExecutor(threads);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public FakeRepository model(String name) {
        return add(new FakeRepository(RepositoryType.MODEL, name));
    }

    public FakeRepository dataset(String name) {
        return add(new FakeRepository(RepositoryType.DATASET, name));
    }

    private FakeRepository add(FakeRepository repository) {
        repositories.add(repository);
        return repository;
    }

    /** What happens the next times a file is fetched, or, under the name {@code api}, its repository is listed. */
    public synchronized void fail(String path, Fault... next) {
        faults.computeIfAbsent(path, any -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** No more faults. */
    synchronized void mend() {
        faults.clear();
    }

    /** A model has got another name: requests for the old one are led to the new one. */
    void move(String from, String to) {
        moved.put(from, to);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    /** Another host to a client, as it should be. */
    private String storeAddress() {
        return "http://localhost:" + store.getAddress().getPort();
    }

    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The requests for a file's bytes. */
    public List<Asked> fetched(String path) {
        return asked().stream()
                .filter(each -> each.method().equals("GET") && each.server().equals("hub"))
                .filter(each -> each.path().endsWith("/" + path))
                .toList();
    }

    private synchronized void record(String server, HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        asked.add(new Asked(
                server,
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers.getFirst("Authorization"),
                headers.getFirst("Range")));
    }

    private synchronized @Nullable Fault nextFault(String path) {
        Deque<Fault> waiting = faults.get(path);
        return waiting == null ? null : waiting.poll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        record("hub", exchange);
        String path = exchange.getRequestURI().getRawPath();
        for (Map.Entry<String, String> move : moved.entrySet()) {
            if (path.contains("/" + move.getKey() + "/")) {
                exchange.getResponseHeaders()
                        .set("Location", path.replace("/" + move.getKey() + "/", "/" + move.getValue() + "/"));
                end(exchange, 307);
                return;
            }
        }
        Matcher api = API.matcher(path);
        Matcher file = FILE.matcher(path);
        if (api.matches() && hasApi) {
            list(
                    exchange,
                    RepositoryType.MODEL.plural().equals(api.group(1)),
                    api.group(2),
                    api.group(3),
                    api.group(4));
        } else if (file.matches()) {
            resolve(exchange, file.group(1) == null, file.group(2), file.group(3), decode(file.group(4)));
        } else {
            end(exchange, 404);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The repository that may be read by whoever asks; otherwise null, and the refusal is sent. */
    private @Nullable FakeRepository find(HttpExchange exchange, boolean model, String name, String revision)
            throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        FakeRepository found = repositories.stream()
                .filter(each -> each.name.equals(name) && (each.type == RepositoryType.MODEL) == model)
                .findFirst()
                .orElse(null);
        boolean open = found != null && (found.token.isEmpty() || ("Bearer " + found.token).equals(authorization));
        if (found == null || (!open && !found.gated)) {
            exchange.getResponseHeaders().set("X-Error-Message", "Invalid username or password.");
            if (authorization != null) {
                exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
            }
            end(exchange, authorization == null ? 401 : 404);
            return null;
        }
        if (!List.of("main", found.commit, "refs/pr/1").contains(decode(revision))) {
            exchange.getResponseHeaders().set("X-Error-Code", "RevisionNotFound");
            end(exchange, 404);
            return null;
        }
        return found;
    }

    private void list(HttpExchange exchange, boolean model, String name, String what, String revision)
            throws IOException {
        FakeRepository repository = find(exchange, model, name, revision);
        if (repository == null || fails(exchange, nextFault("api"))) {
            return;
        }
        boolean withBlobs = "blobs=true".equals(exchange.getRequestURI().getQuery());
        send(
                exchange,
                json.writeValueAsBytes(what.equals("tree") ? tree(repository) : info(repository, withBlobs)),
                0,
                null);
    }

    private ObjectNode info(FakeRepository repository, boolean withBlobs) {
        ObjectNode info = json.createObjectNode().put("id", repository.name).put("sha", repository.commit);
        ArrayNode siblings = info.putArray("siblings");
        repository.files.forEach((path, content) -> {
            ObjectNode file = siblings.addObject().put("rfilename", path);
            if (tellsHashes && withBlobs) {
                file.put("size", content.length);
                if (FakeRepository.isLarge(path)) {
                    file.put("blobId", "f".repeat(40));
                    file.putObject("lfs")
                            .put("sha256", repository.etag(path))
                            .put("size", content.length)
                            .put("pointerSize", 130);
                } else {
                    file.put("blobId", repository.etag(path));
                }
            }
        });
        return info;
    }

    /** What newer versions of huggingface_hub ask for. */
    private ArrayNode tree(FakeRepository repository) {
        ArrayNode tree = json.createArrayNode();
        repository.files.forEach((path, content) -> {
            ObjectNode file =
                    tree.addObject().put("type", "file").put("path", path).put("size", content.length);
            if (FakeRepository.isLarge(path)) {
                file.put("oid", "f".repeat(40));
                file.putObject("lfs")
                        .put("oid", repository.etag(path))
                        .put("size", content.length)
                        .put("pointerSize", 130);
            } else {
                file.put("oid", repository.etag(path));
            }
        });
        return tree;
    }

    private void resolve(HttpExchange exchange, boolean model, String name, String revision, String path)
            throws IOException {
        FakeRepository repository = find(exchange, model, name, revision);
        if (repository == null) {
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        if (repository.gated && !repository.token.equals(bearer(exchange))) {
            headers.set("X-Error-Code", "GatedRepo");
            end(exchange, bearer(exchange).isEmpty() ? 401 : 403);
            return;
        }
        headers.set("X-Repo-Commit", repository.commit);
        if (!repository.files.containsKey(path)) {
            headers.set("X-Error-Code", "EntryNotFound");
            end(exchange, 404);
            return;
        }
        byte[] content = repository.files.get(path);
        if (FakeRepository.isLarge(path)) {
            headers.set("X-Linked-Etag", "\"" + repository.etag(path) + "\"");
            headers.set("X-Linked-Size", Integer.toString(content.length));
            headers.set("Location", storeAddress() + "/" + name + "/" + path + "?signature=1");
            end(exchange, 302);
            return;
        }
        headers.set("ETag", "W/\"" + repository.etag(path) + "\"");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        sendPart(exchange, content, head ? null : nextFault(path));
    }

    private static String bearer(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return authorization == null ? "" : authorization.replace("Bearer ", "");
    }

    private void answerFromStore(HttpExchange exchange) throws IOException {
        record("store", exchange);
        String path = exchange.getRequestURI().getPath().substring(1);
        for (FakeRepository repository : repositories) {
            if (path.startsWith(repository.name + "/")) {
                String file = path.substring(repository.name.length() + 1);
                exchange.getResponseHeaders().set("ETag", "\"of-the-store\"");
                sendPart(exchange, repository.files.get(file), nextFault(file));
                return;
            }
        }
        end(exchange, 404);
    }

    private void sendPart(HttpExchange exchange, byte[] content, @Nullable Fault fault) throws IOException {
        if (fails(exchange, fault)) {
            return;
        }
        if (fault instanceof Fault.Hold hold) {
            await(hold.gate());
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher matcher = RANGE.matcher(range == null ? "" : range);
        int from = matcher.matches() && !(fault instanceof Fault.WholeFile) ? Integer.parseInt(matcher.group(1)) : 0;
        if (fault instanceof Fault.OtherPart) {
            from = Math.max(0, from - 1);
        }
        send(exchange, content, from, fault);
    }

    private static boolean fails(HttpExchange exchange, @Nullable Fault fault) throws IOException {
        if (fault instanceof Fault.Status status) {
            status.headers().forEach(exchange.getResponseHeaders()::set);
            end(exchange, status.code());
            return true;
        }
        return false;
    }

    private void send(HttpExchange exchange, byte[] content, int from, @Nullable Fault fault) throws IOException {
        byte[] part = Arrays.copyOfRange(content, from, content.length);
        if (fault instanceof Fault.WrongBytes) {
            for (int i = 0; i < part.length; i++) {
                part[i] = (byte) ~part[i];
            }
        }
        Headers headers = exchange.getResponseHeaders();
        if (from > 0) {
            headers.set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(part.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, part.length == 0 ? -1 : part.length);
        int sent = part.length;
        if (fault instanceof Fault.Cut cut) {
            sent = cut.afterBytes();
        } else if (fault instanceof Fault.Silence silence) {
            sent = silence.afterBytes();
        }
        exchange.getResponseBody().write(part, 0, sent);
        exchange.getResponseBody().flush();
        if (fault instanceof Fault.Silence) {
            await(closing);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        closing.countDown();
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
