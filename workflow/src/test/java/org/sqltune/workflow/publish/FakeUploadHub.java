package org.sqltune.workflow.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hub that takes uploads: it keeps what was committed, checks every hash and size, refuses commits of what it hasn't, and
 * fails at any step when told to. Large files go to another server, as at huggingface.co.
 */
final class FakeUploadHub implements AutoCloseable {
    static final String TOKEN = "hf_onlyForTheTestsOfPublishing1";

    private static final Pattern LARGE = Pattern.compile(".*\\.(safetensors|gguf)");
    private static final Pattern API = Pattern.compile("/api/models/(\\w+/[\\w.-]+)(?:/(\\w+)/([^/]+))?");
    private static final Pattern BATCH = Pattern.compile("/(\\w+/[\\w.-]+)\\.git/info/lfs/objects/batch");
    private static final Pattern FILE = Pattern.compile("/(\\w+/[\\w.-]+)/resolve/([^/]+)/(.+)");

    final Map<String, Repository> repositories = new ConcurrentHashMap<>();
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    /** Files larger than this are wanted in parts of this size. */
    int partBytes = Integer.MAX_VALUE;
    /** Larger files aren't taken. */
    long mostBytes = Long.MAX_VALUE;

    final FaultyServers servers = new FaultyServers(TOKEN);
    final FakeObjectStore store = new FakeObjectStore(servers, asked);

    private final HttpServer hub = servers.start(this::answer);

    /** A repository's branches. */
    static final class Repository {
        final Map<String, Commit> branches = new ConcurrentHashMap<>();
        boolean open;

        Commit main() {
            return branches.get("main");
        }
    }

    record Commit(String id, String message, Map<String, byte[]> files) {
        String text(String path) {
            return new String(files.get(path), StandardCharsets.UTF_8);
        }
    }

    String url() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    /** A repository with the commit that every new one has. */
    Repository make(String name, boolean open) {
        Repository made = new Repository();
        made.open = open;
        commit(made, "main", "initial commit", new TreeMap<>(Map.of(".gitattributes", new byte[] {'*'})));
        repositories.put(name, made);
        return made;
    }

    void commit(Repository repository, String branch, String message, Map<String, byte[]> files) {
        String id = hex("SHA-1", (message + System.nanoTime()).getBytes(StandardCharsets.UTF_8));
        repository.branches.put(branch, new Commit(id, message, files));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        asked.add(method + " " + path);
        Matcher api = API.matcher(path);
        Matcher batch = BATCH.matcher(path);
        Matcher file = FILE.matcher(path);
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getRequestBody().readAllBytes();
            servers.send(exchange, 401, json().put("error", "Invalid credentials in Authorization header"));
        } else if (path.equals("/api/repos/create")) {
            create(exchange);
        } else if (path.equals("/verify")) {
            verify(exchange);
        } else if (batch.matches()) {
            batch(exchange);
        } else if (file.matches()) {
            file(exchange, file.group(1), file.group(2), file.group(3));
        } else if (api.matches() && api.group(2) == null && servers.faulty(exchange, "info")) {
            asked.add("fault at info");
        } else if (api.matches() && !repositories.containsKey(api.group(1))) {
            refuse(exchange, 404, "RepoNotFound");
        } else if (api.matches()) {
            api(exchange, repositories.get(api.group(1)), String.valueOf(api.group(2)), String.valueOf(api.group(3)));
        } else {
            servers.end(exchange, 404);
        }
    }

    private void create(HttpExchange exchange) throws IOException {
        if (servers.faulty(exchange, "create")) {
            return;
        }
        JsonNode body = body(exchange);
        String owner = body.path("organization").asText();
        String name = owner + "/" + body.path("name").asText();
        if (!owner.equals("ada")) {
            servers.send(
                    exchange, 403, json().put("error", "You don't have the rights to create a model under " + owner));
        } else if (repositories.containsKey(name)) {
            servers.send(exchange, 409, json().put("error", "You already created this model repo"));
        } else {
            make(name, !body.path("private").asBoolean(true));
            servers.send(exchange, 200, json().put("url", url() + "/" + name));
        }
    }

    private void api(HttpExchange exchange, Repository repository, String what, String revision) throws IOException {
        if (!what.equals("null") && servers.faulty(exchange, what)) {
            return;
        }
        JsonNode body = exchange.getRequestMethod().equals("GET") || what.equals("commit") ? json() : body(exchange);
        Commit head = repository.branches.get(revision);
        if (what.equals("null")) {
            servers.send(
                    exchange,
                    200,
                    json().put("private", !repository.open)
                            .put("sha", repository.main().id()));
        } else if (what.equals("branch")) {
            repository.branches.putIfAbsent(revision, repository.main());
            servers.send(exchange, 200, json());
        } else if (head == null) {
            refuse(exchange, 404, "RevisionNotFound");
        } else if (what.equals("revision")) {
            list(exchange, head);
        } else if (what.equals("preupload")) {
            preupload(exchange, body);
        } else {
            commit(exchange, repository, revision, head);
        }
    }

    private void list(HttpExchange exchange, Commit head) throws IOException {
        ObjectNode answer = json().put("sha", head.id());
        ArrayNode siblings = answer.putArray("siblings");
        head.files().forEach((path, content) -> {
            ObjectNode entry = siblings.addObject().put("rfilename", path).put("size", content.length);
            entry.put("blobId", gitHash(content));
            if (LARGE.matcher(path).matches()) {
                entry.putObject("lfs").put("sha256", sha256(content)).put("size", content.length);
            }
        });
        servers.send(exchange, 200, answer);
    }

    private void preupload(HttpExchange exchange, JsonNode body) throws IOException {
        ObjectNode answer = json();
        ArrayNode files = answer.putArray("files");
        for (JsonNode each : body.path("files")) {
            Base64.getDecoder().decode(each.path("sample").asText());
            String path = each.path("path").asText();
            files.addObject()
                    .put("path", path)
                    .put("uploadMode", LARGE.matcher(path).matches() ? "lfs" : "regular")
                    .put("shouldIgnore", false);
        }
        servers.send(exchange, 200, answer);
    }

    private void batch(HttpExchange exchange) throws IOException {
        if (servers.faulty(exchange, "batch")) {
            return;
        }
        ObjectNode answer = json();
        ArrayNode objects = answer.putArray("objects");
        for (JsonNode each : body(exchange).path("objects")) {
            String oid = each.path("oid").asText();
            long size = each.path("size").asLong();
            ObjectNode object = objects.addObject().put("oid", oid).put("size", size);
            if (size > mostBytes) {
                object.putObject("error").put("code", 422).put("message", "Too large");
                continue;
            }
            if (store.stored.containsKey(oid)) {
                continue;
            }
            ObjectNode actions = object.putObject("actions");
            ObjectNode upload = actions.putObject("upload");
            if (size > partBytes) {
                upload.put("href", store.url() + "/complete/" + oid);
                ObjectNode header = upload.putObject("header").put("chunk_size", Integer.toString(partBytes));
                for (int i = 1; (long) (i - 1) * partBytes < size; i++) {
                    header.put(Integer.toString(i), store.url() + "/part/" + oid + "/" + i + "?size=" + size);
                }
            } else {
                upload.put("href", store.url() + "/put/" + oid + "/" + size);
            }
            actions.putObject("verify").put("href", url() + "/verify");
        }
        servers.send(exchange, 200, answer);
    }

    private void verify(HttpExchange exchange) throws IOException {
        if (servers.faulty(exchange, "verify")) {
            return;
        }
        JsonNode body = body(exchange);
        byte[] content = store.stored.get(body.path("oid").asText());
        boolean right = content != null && content.length == body.path("size").asLong();
        servers.send(exchange, right ? 200 : 422, json());
    }

    private void commit(HttpExchange exchange, Repository repository, String branch, Commit head) throws IOException {
        List<String> lines = text(exchange).lines().toList();
        JsonNode header = parse(lines.get(0)).path("value");
        if (!header.path("parentCommit").asText().equals(head.id())) {
            servers.send(exchange, 412, json().put("error", "A commit has happened since"));
            return;
        }
        Map<String, byte[]> files = new TreeMap<>(head.files());
        for (String line : lines.subList(1, lines.size())) {
            JsonNode value = parse(line).path("value");
            String path = value.path("path").asText();
            boolean large = parse(line).path("key").asText().equals("lfsFile");
            byte[] content = large
                    ? store.stored.get(value.path("oid").asText())
                    : Base64.getDecoder().decode(value.path("content").asText());
            if (content == null
                    || large != LARGE.matcher(path).matches()
                    || (large && content.length != value.path("size").asLong())) {
                servers.send(exchange, 400, json().put("error", "There is no such object for " + path));
                return;
            }
            files.put(path, content);
        }
        commit(repository, branch, header.path("summary").asText(), files);
        servers.send(
                exchange,
                200,
                json().put("success", true)
                        .put("commitOid", repository.branches.get(branch).id()));
    }

    private void file(HttpExchange exchange, String name, String revision, String path) throws IOException {
        Commit head = repositories.get(name).branches.values().stream()
                .filter(each -> each.id().equals(revision))
                .findFirst()
                .orElse(repositories.get(name).branches.get(revision));
        byte[] content = head == null ? null : head.files().get(path);
        if (content == null) {
            refuse(exchange, 404, "EntryNotFound");
            return;
        }
        exchange.getResponseHeaders().set("X-Repo-Commit", head.id());
        boolean large = LARGE.matcher(path).matches();
        exchange.getResponseHeaders().set("ETag", "\"" + (large ? sha256(content) : gitHash(content)) + "\"");
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    private String text(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        bodies.add(text);
        return text;
    }

    private JsonNode body(HttpExchange exchange) throws IOException {
        return parse(text(exchange));
    }

    private static JsonNode parse(String text) throws IOException {
        return JsonMapper.builder().build().readTree(text);
    }

    private static ObjectNode json() {
        return JsonMapper.builder().build().createObjectNode();
    }

    private void refuse(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("X-Error-Code", code);
        servers.end(exchange, status);
    }

    static String sha256(byte[] content) {
        return hex("SHA-256", content);
    }

    private static String gitHash(byte[] content) {
        return hex("SHA-1", ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII), content);
    }

    private static String hex(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            Arrays.stream(parts).forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often something was asked. */
    long times(String what) {
        return asked.stream().filter(each -> each.startsWith(what)).count();
    }

    @Nullable
    Commit head(String name) {
        Repository found = repositories.get(name);
        return found == null ? null : found.main();
    }

    @Override
    public void close() {
        servers.close();
    }
}
