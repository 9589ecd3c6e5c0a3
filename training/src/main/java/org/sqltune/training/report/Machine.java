package org.sqltune.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.PreparedData;

/**
 * What computes a run.
 *
 * @param device {@code cpu}, {@code cuda} or {@code mps}; null until the data is prepared
 * @param arithmetic {@code float32} or {@code bfloat16}; null as the device
 * @param processor its model, where the system tells; else its architecture
 * @param logicalProcessors how many there are for this process
 * @param threads how many libtorch computes with
 * @param memoryBytes the machine's memory; null where the system doesn't tell
 * @param os operating system, version and architecture
 */
public record Machine(
        @Nullable String device,
        @Nullable String arithmetic,
        String processor,
        int logicalProcessors,
        int threads,
        @Nullable Long memoryBytes,
        String os) {
    private static final Path PROC = Path.of("/proc");
    private static final long KILOBYTE = 1024;

    /**
     * This one. libtorch must be loaded.
     *
     * @param run what the run computes on and with; null as long as that isn't known
     */
    static Machine probe(@Nullable PreparedData run) {
        String architecture = System.getProperty("os.arch");
        return new Machine(
                run == null ? null : run.device().name().toLowerCase(Locale.ROOT),
                run == null ? null : run.arithmetic().name().toLowerCase(Locale.ROOT),
                value(PROC.resolve("cpuinfo"), "model name").orElse(architecture),
                Runtime.getRuntime().availableProcessors(),
                Torch.threads(),
                bytes(PROC.resolve("meminfo"), "MemTotal"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + architecture);
    }

    /** Most memory that this process has occupied so far; null where the system doesn't tell. */
    static @Nullable Long peakMemoryBytes() {
        return bytes(PROC.resolve("self/status"), "VmHWM");
    }

    private static @Nullable Long bytes(Path file, String key) {
        return value(file, key)
                .map(value -> value.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .map(digits -> Long.parseLong(digits) * KILOBYTE)
                .orElse(null);
    }

    /** What stands behind the first {@code key:}. */
    private static Optional<String> value(Path file, String key) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
