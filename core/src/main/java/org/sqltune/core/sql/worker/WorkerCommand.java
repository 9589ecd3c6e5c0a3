package org.sqltune.core.sql.worker;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqltune.core.SqlTuneException;

/**
 * Builds the command that starts a worker: this Java runtime with little memory, and the jars that the worker needs.
 */
final class WorkerCommand {
    /** Limit of a worker's address space on Linux, in bytes, including its JVM. */
    static final long MEMORY_BYTES = 1L << 30;

    /** The largest temporary file, in bytes. */
    private static final long FILE_BYTES = 1L << 30;

    private static final int KILOBYTE = 1024;
    private static final int BLOCK = 512;

    /** Environment variables that a worker gets; it gets no passwords and tokens. */
    private static final Set<String> ENVIRONMENT = Set.of(
            "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR");

    private WorkerCommand() {}

    static ProcessBuilder builder() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = new ArrayList<>();
        if (system.contains("linux")) {
            // exec replaces the shell, so that killing the process kills the worker.
            command.addAll(List.of("/bin/sh", "-c", limits() + " && exec \"$0\" \"$@\""));
        }
        boolean windows = system.contains("windows");
        command.add(Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java")
                .toString());
        command.addAll(flags(windows));
        command.add("-cp");
        command.add(classPath());
        command.add(WorkerMain.class.getName());
        command.add(Long.toString(ProcessHandle.current().pid()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> !ENVIRONMENT.contains(name.toUpperCase(Locale.ROOT)));
        // One glibc arena: an arena per thread would reserve 64 MB of address space each.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        return builder;
    }

    private static String limits() {
        return "ulimit -c 0 && ulimit -f " + FILE_BYTES / BLOCK + " && ulimit -v " + MEMORY_BYTES / KILOBYTE;
    }

    private static List<String> flags(boolean windows) {
        return List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                // A quick start and little memory.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-XX:CompressedClassSpaceSize=16m",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:-UsePerfData",
                // A worker out of memory exits at once without a dump, and the JVM prints nothing to standard output.
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + (windows ? "NUL" : "/dev/null"),
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "--enable-native-access=ALL-UNNAMED");
    }

    /** Returns the class path of the few classes that a worker needs. */
    private static String classPath() {
        return Stream.of(WorkerMain.class, SQLiteConfig.class)
                .map(WorkerCommand::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            if (source != null && source.getLocation() != null) {
                return Path.of(source.getLocation().toURI()).toString();
            }
        } catch (URISyntaxException | FileSystemNotFoundException | IllegalArgumentException e) {
            throw new SqlTuneException(
                    "SQLite can't be started in a process of its own: its classes are in " + source.getLocation()
                            + "; put them into a jar or a folder that is a file",
                    e);
        }
        throw new SqlTuneException("SQLite can't be started in a process of its own: the origin of " + type
                + " is unknown; put it on the class path");
    }
}
