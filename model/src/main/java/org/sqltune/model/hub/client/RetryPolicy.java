package org.sqltune.model.hub.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/**
 * When to try again, and after how long.
 *
 * @param attempts how often to try in all, as long as nothing at all comes
 * @param connectAttempts how often to try in all where not even a connection is to be had
 * @param firstWait before the second attempt; doubled before each further one
 * @param longestWait the most a hub may ask for before it is better to give up
 * @param now the time, for answers that name a time of day
 */
public record RetryPolicy(
        int attempts, int connectAttempts, Duration firstWait, Duration longestWait, InstantSource now) {
    static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> TRANSIENT = Set.of(408, TOO_MANY_REQUESTS, 500, 502, 503, 504);

    /**
     * Five attempts over fifteen seconds, three over three without any connection; as long as the hub says, up to five
     * minutes.
     */
    public static RetryPolicy standard() {
        return new RetryPolicy(5, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), InstantSource.system());
    }

    /** Whether a status may be another one the next time. */
    static boolean isTransient(int status) {
        return TRANSIENT.contains(status);
    }

    /** Whether to give up when the given attempt, the first being 1, has failed. */
    boolean isLast(int attempt, IOException failure) {
        boolean connected = !(failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException);
        return attempt >= (connected ? attempts : connectAttempts);
    }

    /** How long to wait after the given attempt, the first being 1. */
    public Duration waitAfter(int attempt) {
        return firstWait.multipliedBy(1L << Math.min(attempt - 1, 16));
    }

    /** How long the answer asks to wait, in seconds or until a date (RFC 9110, section 10.2.3). */
    public Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After").map(String::strip).flatMap(this::parse);
    }

    private Optional<Duration> parse(String text) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now.instant(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
