package org.sqltune.model.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.model.hub.client.HubErrors;
import org.sqltune.model.hub.client.RetryPolicy;
import org.sqltune.model.hub.client.TimedBody;

/**
 * Sends requests to one server and to nobody else: redirects aren't followed. What may pass, a connection that isn't to be
 * had or a server that is busy, is tried again a few times before an answer has begun. Safe for use by several threads.
 */
public final class ServerConnection {
    private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;
    private static final int ERROR = 400;
    private static final Set<Integer> REFUSED = Set.of(401, 403);
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    private static final int LONGEST_ERROR = 4096;

    /** Three attempts over a second and a half; as long as the server says, up to half a minute. */
    private static final RetryPolicy RETRIES =
            new RetryPolicy(3, 3, Duration.ofMillis(500), Duration.ofSeconds(30), InstantSource.system());

    private final HttpClient http = HttpClient.newBuilder()
            // Many servers of this kind stumble over an offer to upgrade.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final ServerAddress address;
    private final String what;
    private final @Nullable String key;
    private final String keyVariable;
    private final Duration idle;

    /**
     * @param what what such a server is, behind "is": {@code an Ollama server}
     * @param key shown to the server; null for none
     * @param keyVariable where it comes from, for messages
     * @param idle how long to wait for an answer, and for each further piece of it
     */
    public ServerConnection(
            ServerAddress address, String what, @Nullable String key, String keyVariable, Duration idle) {
        this.address = address;
        this.what = what;
        this.key = key == null || key.isBlank() ? null : key.strip();
        this.keyVariable = keyVariable;
        this.idle = idle;
        if (this.key != null && address.isOpen()) {
            log.warn("{} is sent the key in {} without encryption: use https", address, keyVariable);
        }
    }

    /** Where the server is. */
    public ServerAddress address() {
        return address;
    }

    /** A request to a path, which waits for an answer as long as the connection does. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(idle).header("User-Agent", "sqltune");
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    /**
     * Sends a request, again where that may help.
     *
     * @return whatever the server answers; the body is to be closed
     * @throws SqlTuneException if it doesn't answer
     * @throws InterruptedWorkException if this thread is interrupted
     */
    public HttpResponse<InputStream> send(HttpRequest request) {
        for (int attempt = 1; ; attempt++) {
            Duration wait = RETRIES.waitAfter(attempt);
            try {
                HttpResponse<InputStream> answer = http.send(request, info -> new TimedBody(idle));
                Duration asked = RETRIES.retryAfter(answer.headers()).orElse(wait);
                boolean again = BUSY.contains(answer.statusCode())
                        && attempt < RETRIES.attempts()
                        && asked.compareTo(RETRIES.longestWait()) <= 0;
                if (!again) {
                    return answer;
                }
                answer.body().close();
                wait = asked;
            } catch (HttpTimeoutException e) {
                throw broken(e);
            } catch (IOException e) {
                if (attempt >= RETRIES.attempts()) {
                    throw unreachable(e);
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
            pause(wait);
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedWorkException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedWorkException("The answer was stopped");
    }

    /** What a refusal says, behind a comma; empty if nothing. Closes the body. */
    public String said(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return said(new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8));
        }
    }

    /**
     * Fails unless the status is one of success.
     *
     * @param said what {@link #said(HttpResponse)} found
     * @param path what was asked for
     * @param remedy what to do about a request that the server takes for wrong
     * @throws SqlTuneException if it isn't
     */
    public void requireSuccess(int status, String said, String path, String remedy) {
        if (status < 300) {
            return;
        }
        if (REFUSED.contains(status)) {
            throw new SqlTuneException(address + " refuses (" + status + said + "): put its key into the environment"
                    + " variable " + keyVariable + (key == null ? "" : ", which holds another one")
                    + " (inference.engine_key names the variable)");
        }
        if (status == NOT_FOUND && said.isEmpty()) {
            throw new SqlTuneException(address + " has no " + path + " (404): check that it is " + what
                    + ", and inference.engine_url (--url)");
        }
        if (BUSY.contains(status)) {
            throw new SqlTuneException(address + " is busy (" + status + said + "): ask again later, or fewer at once"
                    + " (inference.max_batch_size)");
        }
        throw new SqlTuneException(address + " answers " + status + said
                + (status >= ERROR && status < 500 ? ": " + remedy : ": see the server's log"));
    }

    private String said(String body) {
        try {
            String error = ServerJson.error(ServerJson.parse(body));
            return error == null ? "" : ", " + quoted(error).replaceFirst("\\.$", "");
        } catch (IOException e) {
            return "";
        }
    }

    /** Somebody else's text as part of one line, without the key that it may echo. */
    private String quoted(String text) {
        String line = text.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "");
        line = key == null ? line : line.replace(key, "***");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    /** What comes is none of the protocol. */
    public SqlTuneException nonsense(String text, IOException cause) {
        String why = cause instanceof JsonProcessingException ? "" : " (" + Failures.reason(cause) + ")";
        return new SqlTuneException(
                address + " answers '" + quoted(text) + "'" + why + ": check that it is " + what
                        + ", and inference.engine_url (--url)",
                cause);
    }

    private SqlTuneException unreachable(IOException cause) {
        return new SqlTuneException(
                "Can't reach " + address + " (" + HubErrors.describe(cause)
                        + "): start the server, or check inference.engine_url (--url)",
                cause);
    }

    /** The connection failed after it had been made. */
    public SqlTuneException broken(IOException cause) {
        if (cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException) {
            return new SqlTuneException(
                    address + " sent nothing for " + idle.toSeconds()
                            + " s: look what it is doing, or raise inference.engine_timeout_seconds",
                    cause);
        }
        return new SqlTuneException(
                address + " broke off in the middle of an answer (" + HubErrors.describe(cause)
                        + "): see the server's log, and ask again",
                cause);
    }

    /** The answer stopped without an end. */
    public SqlTuneException cut() {
        return new SqlTuneException(
                address + " broke off in the middle of an answer: see the server's log, and ask again");
    }

    /**
     * What the server reports in place of an answer.
     *
     * @param remedy what to do about it
     */
    public SqlTuneException reported(String error, String remedy) {
        return new SqlTuneException(address + " reports: " + quoted(error) + ". " + remedy);
    }
}
