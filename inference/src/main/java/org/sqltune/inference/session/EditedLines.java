package org.sqltune.inference.session;

import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.MaskingCallback;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;

/** Lines typed at a prompt, with a history, with completion and with the keys of GNU readline. */
final class EditedLines implements LineSource {
    private final LineReader reader;
    private String offered = "";

    EditedLines(Terminal terminal, Schema schema, Path historyFile) {
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("sqltune")
                .parser(new WordParser())
                .completer(new NameCompleter(schema))
                .history(new ForgivingHistory())
                .variable(LineReader.HISTORY_FILE, historyFile)
                // An exclamation mark in a question is none of the shell's.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    @Override
    public @Nullable String next() {
        while (true) {
            try {
                String beginning = offered;
                offered = "";
                return reader.readLine(InteractiveSession.PROMPT, null, (MaskingCallback) null, beginning);
            } catch (UserInterruptException e) {
                // Ctrl-C gives up the line, not the session.
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    @Override
    public boolean offer(String text) {
        offered = text.replaceAll("\\s+", " ");
        return true;
    }
}
