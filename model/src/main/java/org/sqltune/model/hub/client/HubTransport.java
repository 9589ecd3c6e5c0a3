package org.sqltune.model.hub.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;

/**
 * Sends requests to a hub: follows redirects, shows the token to the hub and to nobody else, and tries again what may
 * work the next time.
 */
public final class HubTransport {
    private static final Logger log = LoggerFactory.getLogger(HubTransport.class);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 10;

    private final HttpClient http;
    private final HubSettings settings;
    private final RetryPolicy retries;
    private final Pause pause;
    private final Duration idle;

    /**
     * @param http follows no redirects by itself
     * @param settings whom to ask, and as whom
     * @param retries when to ask again
     * @param pause waits before that
     * @param idle how long to wait for an answer, and for its next bytes
     */
    public HubTransport(HttpClient http, HubSettings settings, RetryPolicy retries, Pause pause, Duration idle) {
        this.http = http;
        this.settings = settings;
        this.retries = retries;
        this.pause = pause;
        this.idle = idle;
    }

    /** A transport over HTTP, with the usual retries and half a minute of patience. */
    public static HubTransport over(HubSettings settings) {
        return new HubTransport(client(), settings, RetryPolicy.standard(), Pause.ofThread(), PATIENCE);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** What an answer is made into. May fail as the connection does; then everything is tried again. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads {@code answer}, whose body is its own to close. */
        T read(HttpResponse<InputStream> answer) throws IOException;
    }

    /** Where a redirect may lead to. */
    enum Redirects {
        /** To where the hub keeps large files, too. */
        ANYWHERE,
        /** On the hub only; an answer that leads away from it is itself the answer. */
        ON_THE_HUB
    }

    /**
     * Sends a request until there is an answer that is worth reading: any status but those that may pass.
     *
     * @throws HubException if there is none
     */
    <T> T send(String method, URI address, Map<String, String> headers, Redirects redirects, Reader<T> reader) {
        return send(method, address, headers, RequestBody.NONE, redirects, reader);
    }

    /**
     * Sends a request with a body, as often as a request without one. Whoever answers may have acted on an attempt whose
     * answer was lost. A redirect that leads away from the hub is itself the answer.
     *
     * @throws HubException if there is no answer that is worth reading
     * @throws SqlTuneException if the body can't be read
     */
    public <T> T send(String method, URI address, Map<String, String> headers, RequestBody body, Reader<T> reader) {
        return send(method, address, headers, body, Redirects.ON_THE_HUB, reader);
    }

    private <T> T send(
            String method,
            URI address,
            Map<String, String> headers,
            RequestBody body,
            Redirects redirects,
            Reader<T> reader) {
        for (int attempt = 1; ; attempt++) {
            Duration wait = retries.waitAfter(attempt);
            String trouble;
            try {
                HttpResponse<InputStream> answer = follow(method, address, headers, body, redirects);
                if (!RetryPolicy.isTransient(answer.statusCode())) {
                    return reader.read(answer);
                }
                answer.body().close();
                trouble = "answers " + answer.statusCode();
                wait = retries.retryAfter(answer.headers()).orElse(wait);
                if (attempt == retries.attempts() || wait.compareTo(retries.longestWait()) > 0) {
                    throw HubErrors.busy(address, answer.statusCode(), wait, settings.token() != null);
                }
            } catch (IOException e) {
                body.requireUsable();
                if (retries.isLast(attempt, e)) {
                    throw HubErrors.unreachable(address, e);
                }
                trouble = "can't be reached (" + HubErrors.describe(e) + ")";
            }
            log.warn("{} {}: trying again in {} s", address.getAuthority(), trouble, seconds(wait));
            pause.rest(wait);
        }
    }

    private static String seconds(Duration wait) {
        return wait.toMillis() % 1000 == 0
                ? Long.toString(wait.toSeconds())
                : String.format(Locale.ROOT, "%.1f", wait.toMillis() / 1000.0);
    }

    private HttpResponse<InputStream> follow(
            String method, URI address, Map<String, String> headers, RequestBody body, Redirects redirects)
            throws IOException {
        URI at = address;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpResponse<InputStream> answer = once(method, at, headers, body);
            URI next = REDIRECTS.contains(answer.statusCode()) ? target(at, answer.headers()) : null;
            if (next == null || (redirects == Redirects.ON_THE_HUB && !isHub(next))) {
                return answer;
            }
            answer.body().close();
            at = next;
        }
        throw new HubException(
                HubException.Reason.NOT_A_HUB,
                address + " redirects more than " + MOST_REDIRECTS + " times: check HF_ENDPOINT");
    }

    private static @Nullable URI target(URI from, HttpHeaders headers) {
        String location = headers.firstValue("Location").orElse(null);
        if (location == null) {
            return null;
        }
        try {
            URI to = from.resolve(location);
            boolean safe = "https".equals(to.getScheme())
                    || ("http".equals(to.getScheme()) && "http".equals(from.getScheme()));
            if (safe && to.getHost() != null) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // No address: the same failure.
        }
        throw new HubException(
                HubException.Reason.NOT_A_HUB,
                from + " redirects to '" + HubErrors.oneLine(location)
                        + "', where it isn't safe to go: check HF_ENDPOINT");
    }

    private HttpResponse<InputStream> once(String method, URI address, Map<String, String> headers, RequestBody body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, body.publisher())
                .header("User-Agent", "sqltune")
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (settings.token() != null && isHub(address)) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        return await(http.sendAsync(request.build(), info -> new TimedBody(idle)), body);
    }

    /** Waits as long as the body goes on; the JDK's own limit would count the time that sending takes. */
    private <T> T await(CompletableFuture<T> answer, RequestBody body) throws IOException {
        long before = body.sent();
        while (true) {
            try {
                return answer.get(idle.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (body.sent() == before) {
                    answer.cancel(true);
                    throw new HttpTimeoutException("no answer in time");
                }
                before = body.sent();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw Pause.interrupted(e);
            }
        }
    }

    /** Whether an address is on the hub itself. */
    public boolean isHub(URI address) {
        URI hub = settings.endpoint();
        return hub.getScheme().equalsIgnoreCase(address.getScheme())
                && hub.getHost().equalsIgnoreCase(address.getHost())
                && port(hub) == port(address);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}
