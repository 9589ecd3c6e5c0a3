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
 * How much memory this process may hold: what is free on the machine, or less where a container has a limit (control groups
 * of version 1 or 2), and what the process holds already.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files">memory.max, memory.current</a>
 */
public final class MachineMemory {
    /** Version 1 writes a limit of nearly 2^63 for none. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path root;

    /** Of this machine. */
    public MachineMemory() {
        this(Path.of("/"));
    }

    /** @param root a folder with Linux's {@code proc} and {@code sys}; need not have either */
    MachineMemory(Path root) {
        this.root = root;
    }

    /**
     * How much there is.
     *
     * @param bytes that this process may hold in all
     * @param limitedBy what says so: {@code machine} or {@code container}
     */
    public record Available(long bytes, String limitedBy) {}

    /** What there is now. Where the system doesn't say what is free, all of the machine's memory. */
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

    /** The least that any control group around this process leaves. */
    private OptionalLong containerFree() {
        List<Long> left = new ArrayList<>();
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                addLeft(left, root.resolve("sys/fs/cgroup"), parts[2], "memory.max", "memory.current", "inactive_file");
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                addLeft(
                        left,
                        root.resolve("sys/fs/cgroup/memory"),
                        parts[2],
                        "memory.limit_in_bytes",
                        "memory.usage_in_bytes",
                        "total_inactive_file");
            }
        }
        return left.stream().mapToLong(Long::longValue).min();
    }

    /** Looks at a group and at all that it lies in; inside a container its own group is the root. */
    private static void addLeft(
            List<Long> left, Path hierarchy, String group, String limitFile, String usageFile, String reclaimable) {
        @Nullable Path folder = hierarchy.resolve(group.replaceFirst("^/+", "")).normalize();
        while (folder != null && folder.startsWith(hierarchy)) {
            OptionalLong limit = number(folder.resolve(limitFile));
            OptionalLong usage = number(folder.resolve(usageFile));
            if (limit.isPresent() && limit.getAsLong() < NO_LIMIT && usage.isPresent()) {
                // Pages of files that nobody uses now are given back when memory is asked for.
                long given = statistic(folder.resolve("memory.stat"), reclaimable);
                left.add(Math.max(0, limit.getAsLong() - Math.max(0, usage.getAsLong() - given)));
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
