package org.sqltune.model.hub.client;

import java.time.Duration;
import org.sqltune.core.SqlTuneException;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {
    /** Waits. */
    void of(Duration time) throws InterruptedException;

    /** In this thread's own time. */
    static Pause ofThread() {
        return time -> Thread.sleep(time.toMillis());
    }

    /** Waits, and turns being interrupted into a failure. */
    default void rest(Duration time) {
        try {
            of(time);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What to throw where a wait was interrupted. */
    static SqlTuneException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SqlTuneException("The transfer was interrupted: start it again, it continues where it stopped", e);
    }
}
