package org.sqltune.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;

/**
 * Ways to the same end, the best first. Where the engine fails, the next one is tried, with a line in the log; what the user
 * must put right is no reason to try another way.
 *
 * @param <T> what comes of it
 */
final class Fallbacks<T> {
    private static final Logger log = LoggerFactory.getLogger(Fallbacks.class);

    private final List<Way<T>> ways = new ArrayList<>();

    private record Way<T>(String name, Supplier<T> attempt) {}

    /**
     * Adds a way behind those there are.
     *
     * @param name what it is called in the log: {@code device cuda}
     */
    Fallbacks<T> or(String name, Supplier<T> attempt) {
        ways.add(new Way<>(name, attempt));
        return this;
    }

    /**
     * What the first way that works gives.
     *
     * @throws SqlTuneException naming all that was tried, if none works
     */
    T take() {
        List<String> tried = new ArrayList<>();
        RuntimeException last = new IllegalStateException("there is nothing to try");
        for (int i = 0; i < ways.size(); i++) {
            Way<T> way = ways.get(i);
            try {
                return way.attempt().get();
            } catch (SqlTuneException e) {
                throw e;
            } catch (RuntimeException e) {
                String failed = way.name() + " (" + oneLine(e) + ")";
                tried.add(failed);
                last = e;
                if (i + 1 < ways.size()) {
                    log.warn(
                            "{} doesn't work: going on with {}",
                            failed,
                            ways.get(i + 1).name());
                }
            }
        }
        throw new SqlTuneException(
                "Nothing is left to compute with, tried: " + String.join(", ", tried)
                        + ". Start with --verbose and report the failure",
                last);
    }

    private static String oneLine(RuntimeException e) {
        return Failures.nativeMemory(e)
                .map(memory -> "out of memory: " + memory)
                .orElseGet(() -> String.valueOf(e.getMessage() == null ? "internal error" : e.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .strip());
    }
}
