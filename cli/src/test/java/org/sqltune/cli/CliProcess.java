package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.OS;

/** A command in a process of its own, on one thread, so that it can be killed and its memory be measured. */
final class CliProcess implements AutoCloseable {
    private static final long LIMIT_MINUTES = 20;

    private final Process process;
    private final Path messages;

    private CliProcess(Process process, Path messages) {
        this.process = process;
        this.messages = messages;
    }

    /**
     * Starts the command line as it is on this test's class path.
     *
     * @param folder for its caches, and for what it writes to standard error and output
     */
    static CliProcess start(Path folder, List<String> jvmOptions, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(defaultInterrupt());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        Path messages = Files.createTempFile(folder, "messages", ".txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        return new CliProcess(process, messages);
    }

    /**
     * What starts a program that Ctrl-C ends even where this process ignores it, as one does that runs in the background of a
     * shell script: a child inherits that, and Java then leaves the signal alone.
     */
    static List<String> defaultInterrupt() {
        if (OS.LINUX.isCurrentOs()) {
            return List.of("env", "--default-signal=INT,TERM,HUP");
        }
        return OS.MAC.isCurrentOs()
                ? List.of("perl", "-e", "$SIG{$_} = 'DEFAULT' for qw(INT TERM HUP); exec @ARGV or die $!")
                : List.of();
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does: without a word, wherever it is. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Sends a signal by its name without SIG, such as TERM. */
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Its exit code, once it ends. */
    int await() throws InterruptedException {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            kill();
            throw new AssertionError("still running after " + LIMIT_MINUTES + " minutes: " + messages());
        }
        return process.exitValue();
    }

    /** What it has written so far. */
    String messages() {
        try {
            return Files.readString(messages);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
