package org.sqltune.inference.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedString;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteFile;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.ShopDatabase;

/** A session on a terminal of its own, with a keyboard to type on and a screen to look at. */
public final class TypedSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final Terminal terminal;
    private final FutureTask<Integer> session;
    private int promptsSeen;

    public TypedSession(String terminalType, SqlPredictor predictor, Path database, Path history) throws IOException {
        this(terminalType, SessionModel.of(predictor, AdapterSwitch.NONE), database, history);
    }

    public TypedSession(String terminalType, SessionModel model, Path database, Path history) throws IOException {
        terminal = new ExternalTerminal(
                "test", terminalType, new PipedInputStream(keyboard), screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(160, 50));
        session = new FutureTask<>(() -> new InteractiveSession(
                        model,
                        ShopDatabase.schema(database),
                        new SqliteFile(database),
                        QueryLimits.DEFAULTS,
                        terminal,
                        history)
                .run());
        new Thread(session, "session").start();
    }

    public void type(String keys) throws IOException {
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Waits for one more prompt than the last time. */
    public void awaitPrompt() throws Exception {
        promptsSeen++;
        await(() -> text().split(InteractiveSession.PROMPT, -1).length > promptsSeen, "prompt " + promptsSeen);
    }

    public void awaitText(String text) throws Exception {
        await(() -> text().contains(text), text);
    }

    /** What the screen got, without colours and movements. */
    public String text() {
        return AttributedString.stripAnsi(raw());
    }

    /** What the screen got. */
    public String raw() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    /** Waits for the session's end. */
    public int exitCode() throws Exception {
        return session.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void await(BooleanSupplier condition, String awaited) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (session.isDone() || System.nanoTime() > end) {
                String state = session.isDone() ? "ended with " + session.get() : "goes on";
                throw new AssertionError("The session " + state + " and shows no " + awaited + ":\n" + text());
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws IOException {
        keyboard.close();
        terminal.close();
    }
}
