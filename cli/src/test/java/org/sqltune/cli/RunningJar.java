package org.sqltune.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs the packed jar as a user does: plain {@code java -jar}, in a folder of its own. */
final class RunningJar {
    private static final long LIMIT_SECONDS = 300;

    private final Path folder;

    /** @param folder the process's current folder */
    RunningJar(Path folder) {
        this.folder = folder;
    }

    /** The jar that the build has just packed. */
    static Path jar() {
        return Path.of(Objects.requireNonNull(System.getProperty("sqltune.jar"), "-Dsqltune.jar=…/cli.jar"));
    }

    /**
     * How a process ended.
     *
     * @param code its exit code
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    record Ending(int code, String out, String err) {}

    Ending run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(jar().toString());
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("sqltune", ".out");
            Path err = Files.createTempFile("sqltune", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Still running after " + LIMIT_SECONDS + " s: " + command);
            }
            Ending ending = new Ending(process.exitValue(), text(out), text(err));
            Files.delete(out);
            Files.delete(err);
            return ending;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).replace(System.lineSeparator(), "\n");
    }
}
