package org.sqltune.workflow.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs damaged cases in processes of their own, a new one after each that ends before its time. */
final class DamagedCases {
    private static final long LONGEST_SECONDS = 60;

    private final Path folder;
    private final List<DamagedCase> results = new ArrayList<>();

    DamagedCases(Path folder) {
        this.folder = folder;
    }

    /** Runs all cases from one seed to another. */
    List<DamagedCase> run(long first, long last) throws IOException, InterruptedException {
        long next = first;
        for (int process = 0; next <= last; process++) {
            next = process(folder.resolve("process-" + process), next, Math.min(last, next + 499));
        }
        return results;
    }

    /** Returns the seed to go on with. */
    private long process(Path own, long first, long last) throws IOException, InterruptedException {
        Files.createDirectories(own);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + own.resolve("crash.log"),
                "-Dai.djl.offline=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                System.getProperty("java.class.path"),
                ReaderProcess.class.getName(),
                own.toString(),
                Long.toString(first),
                Long.toString(last));
        Process process =
                builder.redirectError(own.resolve("errors.txt").toFile()).start();
        AtomicLong lastLine = new AtomicLong(System.nanoTime());
        Thread watch = new Thread(() -> watch(process, lastLine));
        watch.setDaemon(true);
        watch.start();
        String[] begun = {};
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lastLine.set(System.nanoTime());
                String[] parts = line.split("\t", 6);
                if (parts[0].equals("BEGIN")) {
                    begun = parts;
                } else if (parts[0].equals("END")) {
                    begun = new String[0];
                    results.add(new DamagedCase(
                            Long.parseLong(parts[1]),
                            DamagedFile.valueOf(parts[2]),
                            parts[3],
                            Long.parseLong(parts[4]),
                            parts[5]));
                }
            }
        }
        int code = process.waitFor();
        if (begun.length == 0) {
            if (code != 0) {
                throw new IOException("The process ended with " + code + " between two cases: "
                        + Files.readString(own.resolve("errors.txt")));
            }
            return last + 1;
        }
        boolean hung = System.nanoTime() - lastLine.get() > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        results.add(new DamagedCase(
                Long.parseLong(begun[1]),
                DamagedFile.valueOf(begun[2]),
                hung ? "HUNG" : "CRASHED",
                (System.nanoTime() - lastLine.get()) / 1_000_000,
                "exit code " + code + ", " + own));
        return Long.parseLong(begun[1]) + 1;
    }

    private static void watch(Process process, AtomicLong lastLine) {
        while (process.isAlive()) {
            if (System.nanoTime() - lastLine.get() > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
                process.destroyForcibly();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
