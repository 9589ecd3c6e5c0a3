package org.sqltune.inference.session;

import java.io.BufferedReader;
import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;

/** Lines read as they come: from a file, another program, or a terminal that can't be asked for single keys. */
final class PlainLines implements LineSource {
    private final BufferedReader reader;
    private final Terminal terminal;
    private final String prompt;

    /** @param prompt printed before each line; empty if nobody waits for it */
    PlainLines(Terminal terminal, String prompt) {
        this.reader = new BufferedReader(terminal.reader());
        this.terminal = terminal;
        this.prompt = prompt;
    }

    @Override
    public @Nullable String next() {
        terminal.writer().print(prompt);
        terminal.flush();
        try {
            String line = reader.readLine();
            if (line == null && !prompt.isEmpty()) {
                // So that what comes after the session doesn't stand behind its last prompt.
                terminal.writer().println();
            }
            return line;
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the next question: " + e.getMessage(), e);
        }
    }
}
