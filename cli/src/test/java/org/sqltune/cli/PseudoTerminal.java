package org.sqltune.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.OS;

/**
 * A command in a process of its own, on a pseudo-terminal that the system's {@code script} opens: keys are typed, signals come from
 * the terminal's driver, and the screen is read. For Linux and macOS, whose systems both have {@code script}.
 */
final class PseudoTerminal implements AutoCloseable {
    /** What JLine writes once a line is read; Ctrl-C is a signal from then on. */
    static final String LINE_READ = "\u001b\\[\\?2004l";

    private static final long PATIENCE_SECONDS = 300;

    private final Process process;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private int seen;

    /** @param cache the user's cache folder for it */
    PseudoTerminal(Path cache, List<String> arguments) throws IOException {
        List<String> java = new ArrayList<>(CliProcess.defaultInterrupt());
        java.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        java.addAll(arguments);
        String line = "stty rows 40 cols 120; exec "
                + String.join(" ", java.stream().map(PseudoTerminal::quoted).toList());
        List<String> command = OS.MAC.isCurrentOs()
                ? List.of("script", "-q", "/dev/null", "sh", "-c", line)
                : List.of("script", "-q", "-e", "-f", "-c", line, "/dev/null");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        process = builder.start();
        Thread reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private void read() {
        try (InputStream output = process.getInputStream()) {
            byte[] bytes = new byte[8192];
            for (int n = output.read(bytes); n >= 0; n = output.read(bytes)) {
                synchronized (screen) {
                    screen.write(bytes, 0, n);
                    screen.notifyAll();
                }
            }
        } catch (IOException e) {
            // The terminal is gone: whoever waits for something on it is told what was there.
        }
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /**
     * Waits for something that matches, behind what was awaited before.
     *
     * @return all that came since then, with the match
     */
    String await(String pattern) throws InterruptedException {
        String found = awaitFor(pattern, PATIENCE_SECONDS * 1000);
        if (found == null) {
            throw new AssertionError("Nothing on the screen matches " + pattern + ":\n" + screen());
        }
        return found;
    }

    /** Types keys again and again until something matches, since a signal that comes too early is lost. */
    String typeUntil(String keys, String pattern) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            type(keys);
            String found = awaitFor(pattern, 200);
            if (found != null) {
                return found;
            }
        }
        throw new AssertionError("Nothing on the screen matches " + pattern + ":\n" + screen());
    }

    private @Nullable String awaitFor(String pattern, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Pattern compiled = Pattern.compile(pattern);
        synchronized (screen) {
            while (true) {
                String text = screen();
                Matcher matcher = compiled.matcher(text);
                if (matcher.find(seen)) {
                    String found = text.substring(seen, matcher.end());
                    seen = matcher.end();
                    return found;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return null;
                }
                screen.wait(Math.min(left, 500));
            }
        }
    }

    /** All that the terminal was sent, colours and movements included. */
    String screen() {
        synchronized (screen) {
            return screen.toString(StandardCharsets.UTF_8);
        }
    }

    /** The exit code of the command, once it ends. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The command goes on:\n" + screen());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
