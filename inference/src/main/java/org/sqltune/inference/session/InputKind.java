package org.sqltune.inference.session;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** What feeds a session's terminal. */
enum InputKind {
    /** Somebody types on a terminal that edits lines. */
    EDITED,
    /** Somebody types on a terminal that can do no more than print, such as one with {@code TERM=dumb}. */
    TYPED,
    /** A file or another program. */
    PIPED;

    static InputKind of(Terminal terminal) {
        if (!(terminal instanceof DumbTerminal plain)) {
            return EDITED;
        }
        return plain.getSystemStream() != null && standardInputIsTerminal() ? TYPED : PIPED;
    }

    private static boolean standardInputIsTerminal() {
        try {
            return TerminalProvider.load("jni").isSystemStream(SystemStream.Input);
        } catch (IOException | LinkageError e) {
            // Where the library that could tell doesn't load, no terminal edits lines either.
            return false;
        }
    }
}
