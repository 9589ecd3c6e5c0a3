package org.sqltune.inference;

import java.io.BufferedReader;
import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;

/** Lines that come from a file or another program: nobody waits for a prompt. */
final class PipedLines implements LineSource {
    private final BufferedReader reader;

    PipedLines(Terminal terminal) {
        this.reader = new BufferedReader(terminal.reader());
    }

    @Override
    public @Nullable String next() {
        try {
            return reader.readLine();
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the next question: " + e.getMessage(), e);
        }
    }
}
