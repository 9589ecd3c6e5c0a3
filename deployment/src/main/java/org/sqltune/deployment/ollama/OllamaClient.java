package org.sqltune.deployment.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.core.io.FileHashes;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.text.Failures;
import org.sqltune.model.server.ServerConnection;
import org.sqltune.model.server.ServerJson;

/**
 * Ollama's HTTP interface, as far as it holds models. Every failure is a {@link SqlTuneException} of one line that names the
 * server. A connection that isn't to be had, and a server that is busy, are tried again a few times. Safe for use by several
 * threads.
 */
public final class OllamaClient {
    private static final int NOT_FOUND = 404;
    private static final int ERROR = 400;
    /** The slowest upload that is waited for, in bytes a second. */
    private static final long SLOWEST_BYTES_A_SECOND = 1_000_000;

    private final ServerConnection connection;

    /** @param connection to whom requests go */
    public OllamaClient(ServerConnection connection) {
        this.connection = connection;
    }

    /** Where it is. */
    public String address() {
        return connection.address().toString();
    }

    /** The server's version. */
    public OllamaVersion version() {
        JsonNode answer = json(connection.request("/api/version").GET(), "/api/version", "see its log");
        return OllamaVersion.parse(answer.path("version").asText());
    }

    /** The models that the server has, with their tags: {@code shop:latest}. */
    public List<String> models() {
        JsonNode answer = json(connection.request("/api/tags").GET(), "/api/tags", "see its log");
        try {
            return ServerJson.names(answer, "models", "name");
        } catch (IOException e) {
            throw connection.nonsense(answer.toString(), e);
        }
    }

    /** Whether the server has a model. */
    public boolean has(OllamaName name) {
        return models().contains(name.withTag());
    }

    /**
     * What the server says of a model: {@code template}, {@code system}, {@code parameters}, {@code details} and more.
     *
     * @return empty if it has none of that name
     */
    public Optional<JsonNode> show(OllamaName name) {
        HttpRequest.Builder request = post("/api/show", ServerJson.object().put("model", name.text()));
        return optional(request, "/api/show");
    }

    /**
     * Has the server fetch a model from Ollama's library.
     *
     * @param progress counts bytes
     * @throws SqlTuneException if it can't
     */
    public void pull(OllamaName name, ProgressListener progress) {
        ObjectNode body = ServerJson.object().put("model", name.text()).put("stream", true);
        events("/api/pull", body, "check its name at https://ollama.com/library, and the server's network", progress);
    }

    /**
     * Brings a file to the server, unless it has it.
     *
     * @param file is read twice, for its hash and for its bytes
     * @return what requests call it
     * @throws SqlTuneException if the file can't be read, or the server refuses it
     */
    public Blob upload(Path file) {
        try {
            String digest = "sha256:" + FileHashes.read(file);
            long bytes = Files.size(file);
            if (hasBlob(digest)) {
                return new Blob(digest, bytes, false);
            }
            String path = "/api/blobs/" + digest;
            Duration patience = Duration.ofSeconds(bytes / SLOWEST_BYTES_A_SECOND);
            HttpRequest.Builder request = connection.request(path).POST(BodyPublishers.ofFile(file));
            HttpRequest waiting = request.build();
            request.timeout(waiting.timeout().orElse(Duration.ZERO).plus(patience));
            String remedy =
                    "it refuses " + file + " (" + ByteSizes.inWords(bytes) + "): see its log and its free disk space";
            discard(connection.send(request.build()), path, remedy);
            return new Blob(digest, bytes, true);
        } catch (FileNotFoundException e) {
            throw new SqlTuneException("There is no file " + file + " to bring to " + address(), e);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e), e);
        }
    }

    /**
     * A file at the server.
     *
     * @param digest {@code sha256:…}
     * @param bytes its length
     * @param sent whether it had to be sent
     */
    public record Blob(String digest, long bytes, boolean sent) {}

    private boolean hasBlob(String digest) {
        String path = "/api/blobs/" + digest;
        HttpResponse<InputStream> answer = connection.send(
                connection.request(path).method("HEAD", BodyPublishers.noBody()).build());
        if (answer.statusCode() == NOT_FOUND) {
            close(answer);
            return false;
        }
        discard(answer, path, "see its log");
        return true;
    }

    /**
     * Makes a model, in the place of one that has the name.
     *
     * @param progress is told what the server does
     * @throws SqlTuneException if it can't
     */
    public void create(OllamaName name, OllamaModelfile modelfile, ProgressListener progress) {
        events("/api/create", modelfile.body(name), "see its log: it may be too old for this kind of model", progress);
    }

    /**
     * Continues a text.
     *
     * @param raw whether the prompt is whole; otherwise the model's TEMPLATE writes it
     * @param system the system message; empty for the model's own
     */
    public String generate(OllamaName name, String prompt, boolean raw, String system) {
        ObjectNode body = ServerJson.object()
                .put("model", name.text())
                .put("prompt", prompt)
                .put("raw", raw)
                .put("stream", false);
        if (!system.isEmpty()) {
            body.put("system", system);
        }
        return answer("/api/generate", body, "").path("response").asText();
    }

    /**
     * Answers a user's message, whose text the model's TEMPLATE wraps.
     *
     * @param system the system message; empty for the model's own
     */
    public String chat(OllamaName name, String message, String system) {
        return answer("/api/chat", conversation(name, message, system), "message")
                .path("message")
                .path("content")
                .asText();
    }

    /**
     * The prompt that the model's TEMPLATE makes of a conversation, byte for byte.
     *
     * @return empty if this version of Ollama doesn't tell
     */
    public Optional<String> rendered(OllamaName name, String message, String system) {
        ObjectNode body = conversation(name, message, system).put("_debug_render_only", true);
        // A version that doesn't know the field answers: one token is enough.
        body.putObject("options").put("num_predict", 1);
        JsonNode rendered = json(post("/api/chat", body), "/api/chat", "see its log")
                .path("_debug_info")
                .path("rendered_template");
        return rendered.isTextual() ? Optional.of(rendered.asText()) : Optional.empty();
    }

    private static ObjectNode conversation(OllamaName name, String message, String system) {
        ObjectNode body = ServerJson.object().put("model", name.text()).put("stream", false);
        var messages = body.putArray("messages");
        if (!system.isEmpty()) {
            messages.addObject().put("role", "system").put("content", system);
        }
        messages.addObject().put("role", "user").put("content", message);
        return body;
    }

    private JsonNode answer(String path, ObjectNode body, String holder) {
        JsonNode answer = json(post(path, body), path, "see its log: it may lack the memory for the model");
        if (!answer.path("done").asBoolean() || (!holder.isEmpty() && !answer.has(holder))) {
            throw connection.nonsense(answer.toString(), new IOException("not done"));
        }
        return answer;
    }

    /** Deletes a model; nothing happens if there is none. */
    public void delete(OllamaName name) {
        ObjectNode body = ServerJson.object().put("model", name.text());
        HttpResponse<InputStream> answer = connection.send(connection
                .request("/api/delete")
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(body.toString()))
                .build());
        if (answer.statusCode() == NOT_FOUND) {
            close(answer);
            return;
        }
        discard(answer, "/api/delete", "see its log");
    }

    private HttpRequest.Builder post(String path, ObjectNode body) {
        return connection
                .request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
    }

    private JsonNode json(HttpRequest.Builder request, String path, String remedy) {
        return read(connection.send(request.build()), path, remedy);
    }

    private Optional<JsonNode> optional(HttpRequest.Builder request, String path) {
        HttpResponse<InputStream> answer = connection.send(request.build());
        if (answer.statusCode() == NOT_FOUND) {
            close(answer);
            return Optional.empty();
        }
        return Optional.of(read(answer, path, "see its log"));
    }

    private JsonNode read(HttpResponse<InputStream> answer, String path, String remedy) {
        try (InputStream body = answer.body()) {
            requireSuccess(answer, path, remedy);
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            try {
                return ServerJson.parse(text);
            } catch (IOException e) {
                throw connection.nonsense(text, e);
            }
        } catch (IOException e) {
            throw connection.broken(e);
        }
    }

    /** Reads a work's events, an object a line, up to the one that says success. */
    private void events(String path, ObjectNode body, String remedy, ProgressListener progress) {
        HttpResponse<InputStream> answer = connection.send(post(path, body).build());
        boolean done = false;
        try (InputStream bytes = answer.body()) {
            requireSuccess(answer, path, remedy);
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !done; line = lines.readLine()) {
                done = !line.isBlank() && isSuccess(line, remedy, progress);
            }
        } catch (IOException e) {
            throw connection.broken(e);
        }
        if (!done) {
            throw connection.cut();
        }
    }

    private boolean isSuccess(String line, String remedy, ProgressListener progress) {
        JsonNode event;
        try {
            event = ServerJson.parse(line);
        } catch (IOException e) {
            throw connection.nonsense(line, e);
        }
        String error = ServerJson.error(event);
        if (error != null) {
            throw connection.reported(error, remedy);
        }
        String status = event.path("status").asText();
        progress.advanced(event.path("completed").asLong(), event.path("total").asLong(), status);
        return status.equals("success");
    }

    private void requireSuccess(HttpResponse<InputStream> answer, String path, String remedy) throws IOException {
        String said = answer.statusCode() < ERROR ? "" : connection.said(answer);
        connection.requireSuccess(answer.statusCode(), said, path, remedy);
    }

    private void discard(HttpResponse<InputStream> answer, String path, String remedy) {
        try (InputStream body = answer.body()) {
            requireSuccess(answer, path, remedy);
            body.readAllBytes();
        } catch (IOException e) {
            throw connection.broken(e);
        }
    }

    private static void close(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
        } catch (IOException e) {
            // Nothing of it is wanted.
        }
    }
}
