package org.sqltune.cli.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.sqltune.core.text.TextStream;

/** A console that keeps what is printed, with a clock that moves when told to. */
public final class RecordedConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;
    private long nanos;

    /** Messages are made fit to be shown, as on a real console; the results go to another program. */
    public RecordedConsole(boolean errIsTerminal) {
        this(errIsTerminal, false);
    }

    RecordedConsole(boolean errIsTerminal, boolean outIsTerminal) {
        console = new Console(
                TextStream.ofResults(out, () -> outIsTerminal),
                TextStream.ofMessages(err),
                () -> errIsTerminal,
                () -> nanos);
    }

    public Console console() {
        return console;
    }

    public void pass(Duration time) {
        nanos += time.toNanos();
    }

    public String out() {
        console.out().flush();
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    public String err() {
        console.err().flush();
        return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
