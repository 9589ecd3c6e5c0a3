package org.sqltune.inference.session;

import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Makes Ctrl-C stop what a session is working on, and nothing else. While a line is being typed, the line editor has the
 * key for itself. Where input is piped, Ctrl-C ends the program as ever.
 */
final class Stopping implements AutoCloseable {
    private final @Nullable Object previous;
    private final boolean ownSignal;
    private @Nullable Thread working;

    Stopping(Terminal terminal, InputKind input) {
        ownSignal = input == InputKind.TYPED;
        if (input == InputKind.EDITED) {
            terminal.handle(Signal.INT, signal -> stop());
        }
        previous = ownSignal ? Signals.register("INT", this::stop) : null;
    }

    /** Does some work that Ctrl-C stops by an interrupt of this thread; whatever interrupt is left afterwards is gone. */
    void run(Runnable work) {
        begin();
        try {
            work.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        // An interrupt that came between two lines is too late to stop anything.
        Thread.interrupted();
        working = Thread.currentThread();
    }

    private synchronized void end() {
        working = null;
        Thread.interrupted();
    }

    /** Stops the work that is being done, if any is. Called by any thread. */
    synchronized void stop() {
        if (working != null) {
            working.interrupt();
        }
    }

    @Override
    public void close() {
        if (ownSignal) {
            Signals.unregister("INT", previous);
        }
    }
}
