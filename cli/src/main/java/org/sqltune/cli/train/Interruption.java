package org.sqltune.cli.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.core.SqlTuneException;
import org.sqltune.training.RunInterruptedException;
import org.sqltune.training.StopRequest;

/**
 * What happens on Ctrl-C, and when the system asks the process to end, while a run works: it finishes its step, saves and
 * says how to go on. The second time, or where there is nothing to save, it ends at once: native code that is still
 * computing is not waited for, nor are its libraries torn down under it.
 */
public final class Interruption {
    /** Signals by the code that a shell reports for a process ended by them. */
    private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143, "HUP", 129);

    private final Console console;
    private final String howToGoOn;
    private final StopRequest stop;
    private final AtomicInteger code = new AtomicInteger();

    /**
     * @param howToGoOn the command that does
     * @param stop asks the run to end
     */
    Interruption(Console console, String howToGoOn, StopRequest stop) {
        this.console = console;
        this.howToGoOn = howToGoOn;
        this.stop = stop;
    }

    /**
     * Does the work.
     *
     * @throws Interrupted if it was interrupted and has saved everything
     */
    <T> T guard(Supplier<T> work) {
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        CODES.forEach((name, signalCode) -> before.put(name, Signals.register(name, () -> came(signalCode))));
        try {
            return work.get();
        } catch (RunInterruptedException e) {
            throw new Interrupted(e.getMessage() + ". Go on with: " + howToGoOn, code.get());
        } finally {
            before.forEach(Signals::unregister);
        }
    }

    private void came(int signalCode) {
        boolean first = code.compareAndSet(0, signalCode);
        if (first && stop.request()) {
            tell("ending after this step, and saving. A second Ctrl-C ends it at once.");
            return;
        }
        tell("interrupted. What is saved stays. Go on with: " + howToGoOn);
        Runtime.getRuntime().halt(signalCode);
    }

    private void tell(String message) {
        console.err().println();
        console.err().println("sqltune: " + message);
        console.err().flush();
    }

    /** A command ended before its time because a signal asked it to, with everything saved. */
    public static final class Interrupted extends SqlTuneException {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        /**
         * @param message how to go on
         * @param exitCode what a shell reports for a process ended by that signal
         */
        private Interrupted(String message, int exitCode) {
            super(message);
            this.exitCode = exitCode;
        }

        /** What a shell reports for a process ended by that signal. */
        public int exitCode() {
            return exitCode;
        }
    }
}
