package org.sqltune.training.estimate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds how much memory this process may hold: the machine's free memory, or less under a container's limit (control
 * groups version 1 or 2), plus the memory that the process already holds.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files">memory.max,
 *     memory.current</a>
 */
public final class MachineMemory {
    /** Larger limits mean "no limit": control groups version 1 write nearly 2^63 for it. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path root;

    /** Reads this machine's memory. */
    public MachineMemory() {
        this(Path.of("/"));
    }

    /** @param root a folder with Linux's {@code proc} and {@code sys}; both are optional */
    MachineMemory(Path root) {
        this.root = root;
    }

    /**
     * Memory that the process may hold.
     *
     * @param bytes bytes that this process may hold in total
     * @param limitedBy where the limit comes from: {@code machine} or {@code container}
     */
    public record Available(long bytes, String limitedBy) {}

    /**
     * Returns the memory available now. If the system doesn't report free memory, the machine's whole memory counts.
     */
    public Available available() {
        long machine = free().orElseGet(MachineMemory::physical);
        long container = containerFree().orElse(Long.MAX_VALUE);
        long held = kilobytes(root.resolve("proc/self/status"), "VmRSS:").orElse(0);
        return container < machine
                ? new Available(container + held, "container")
                : new Available(machine + held, "machine");
    }

    private OptionalLong free() {
        return kilobytes(root.resolve("proc/meminfo"), "MemAvailable:");
    }

    private static long physical() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }

    /** Smallest remaining memory among the control groups that contain this process. */
    private OptionalLong containerFree() {
        List<Long> remaining = new ArrayList<>();
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                addRemaining(
                        remaining,
                        root.resolve("sys/fs/cgroup"),
                        parts[2],
                        "memory.max",
                        "memory.current",
                        "inactive_file");
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                addRemaining(
                        remaining,
                        root.resolve("sys/fs/cgroup/memory"),
                        parts[2],
                        "memory.limit_in_bytes",
                        "memory.usage_in_bytes",
                        "total_inactive_file");
            }
        }
        return remaining.stream().mapToLong(Long::longValue).min();
    }

    /**
     * Adds the remaining memory of a group and of all its parents. Inside a container, the container's group is the
     * root.
     */
    private static void addRemaining(
            List<Long> remaining,
            Path hierarchy,
            String group,
            String limitFile,
            String usageFile,
            String reclaimable) {
        @Nullable Path folder = hierarchy.resolve(group.replaceFirst("^/+", "")).normalize();
        while (folder != null && folder.startsWith(hierarchy)) {
            OptionalLong limit = number(folder.resolve(limitFile));
            OptionalLong usage = number(folder.resolve(usageFile));
            if (limit.isPresent() && limit.getAsLong() < NO_LIMIT && usage.isPresent()) {
                // The kernel frees inactive file pages when memory is requested.
                long freeable = statistic(folder.resolve("memory.stat"), reclaimable);
                remaining.add(Math.max(0, limit.getAsLong() - Math.max(0, usage.getAsLong() - freeable)));
            }
            folder = folder.getParent();
        }
    }

    private static OptionalLong number(Path file) {
        return lines(file).stream()
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static long statistic(Path file, String name) {
        return lines(file).stream()
                .map(line -> line.split("\\s+"))
                .filter(parts -> parts.length == 2 && parts[0].equals(name) && parts[1].matches("\\d{1,18}"))
                .mapToLong(parts -> Long.parseLong(parts[1]))
                .findFirst()
                .orElse(0);
    }

    private static OptionalLong kilobytes(Path file, String key) {
        return lines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .filter(text -> text.matches("\\d{1,15}"))
                .mapToLong(text -> Long.parseLong(text) * 1024)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
