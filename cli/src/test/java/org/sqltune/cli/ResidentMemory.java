package org.sqltune.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What a process holds of the machine's memory, Java's heap and native memory together. Linux and macOS. */
final class ResidentMemory {
    private static final String KEY = "VmRSS:";

    private ResidentMemory() {}

    /**
     * Megabytes (2^20 bytes) a process holds now; empty if it has ended.
     *
     * @throws IOException if the system has neither /proc nor ps
     */
    static OptionalDouble megabytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        String kilobytes = Files.exists(Path.of("/proc/self/status")) ? ofLinux(status) : ofPs(pid);
        return kilobytes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Long.parseLong(kilobytes) / 1024.0);
    }

    /** A process that has ended but wasn't waited for has a status without the line. */
    private static String ofLinux(Path status) throws IOException {
        if (!Files.exists(status)) {
            return "";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(KEY))
                .map(line -> line.substring(KEY.length()).replace("kB", "").strip())
                .findFirst()
                .orElse("");
    }

    private static String ofPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
}
