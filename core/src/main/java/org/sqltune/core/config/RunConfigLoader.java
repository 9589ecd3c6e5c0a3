package org.sqltune.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.text.Failures;
import org.sqltune.core.text.NearestNames;

/**
 * Reads a {@link RunConfig} from YAML and from {@code section.key=value} overrides, over {@link RunConfig#defaults()}.
 * Every fault is reported in one go, each with its line, key, value and remedy, before anything else is read.
 *
 * <p>Relative paths are relative to the current directory, not to the configuration file.
 */
public final class RunConfigLoader {
    private static final String CHECKED = "--config";

    private final Predicate<Path> exists;
    private final DeviceProbe devices;

    /** A loader that reports files and folders that aren't there. */
    public RunConfigLoader() {
        this(Files::exists);
    }

    /** @param exists whether a file or folder that the configuration names is there */
    public RunConfigLoader(Predicate<Path> exists) {
        this(exists, DeviceProbe.PROCESSOR_ONLY);
    }

    /**
     * A loader that knows what is usual on this machine.
     *
     * @param exists whether a file or folder that the configuration names is there
     * @param devices decides the defaults of {@code model.dtype}, {@code model.quantization}, {@code
     *     training.per_device_train_batch_size} and {@code training.gradient_accumulation_steps}
     */
    public RunConfigLoader(Predicate<Path> exists, DeviceProbe devices) {
        this.exists = exists;
        this.devices = devices;
    }

    /**
     * Reads a file.
     *
     * @param file YAML; null for the defaults alone
     * @param overrides {@code section.key=value} each; they win over the file, a later one over an earlier one
     * @throws ConfigException with every fault
     */
    public RunConfig load(@Nullable Path file, List<String> overrides) {
        return file == null
                ? load("configuration", "", overrides)
                : load(file.toString(), read(file, CHECKED), overrides);
    }

    /**
     * Reads a text.
     *
     * @param source what to call the text in messages
     * @param yaml the text; may be empty
     * @param overrides {@code section.key=value} each; they win over the text, a later one over an earlier one
     * @throws ConfigException with every fault
     */
    public RunConfig load(String source, String yaml, List<String> overrides) {
        ConfigYaml parsed = ConfigYaml.parse(yaml);
        List<String> faults = new ArrayList<>(parsed.faults());
        List<ConfigEntry> entries = new ArrayList<>(parsed.entries());
        for (String override : overrides) {
            parseOverride(override, entries, faults);
        }
        ConfigReader reader = new ConfigReader(entries);
        RunConfig config = new RunConfigSections(reader, devices).read();
        new RunConfigChecks(reader, exists).check(config);
        faults.addAll(reader.faults());
        if (!faults.isEmpty()) {
            throw new ConfigException(source, faults);
        }
        return config;
    }

    /**
     * The keys that a file gives a value, as {@code section.key}; faults of the file are none of this method's business.
     *
     * @throws ConfigException if the file can't be read
     */
    public static Set<String> keysIn(Path file) {
        return ConfigYaml.parse(read(file, CHECKED)).entries().stream()
                .filter(entry -> !(entry.value() instanceof ConfigEntry.Value.Absent))
                .map(ConfigEntry::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The text of a configuration file.
     *
     * @param checked what to check if it can't be read, for the message
     * @throws ConfigException if it can't be read
     */
    static String read(Path file, String checked) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw unreadable(file, checked, "is a folder or a device");
            }
            if (Files.exists(file) && Files.size(file) > ConfigYaml.LARGEST_BYTES) {
                throw unreadable(
                        file,
                        checked,
                        "has " + Files.size(file) + " bytes, more than the " + ConfigYaml.LARGEST_BYTES
                                + " that are read");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(
                    file, checked, Files.exists(file) ? "can't be read (" + Failures.reason(e) + ")" : "doesn't exist");
        }
    }

    private static ConfigException unreadable(Path file, String checked, String problem) {
        String suggestion = Files.exists(file) ? "" : NearestNames.pathSuggestion(file);
        return new ConfigException(
                file.toString(), List.of("the configuration file " + problem + ": check " + checked + suggestion));
    }

    private static void parseOverride(String override, List<ConfigEntry> entries, List<String> faults) {
        int equals = override.indexOf('=');
        if (equals <= 0 || override.indexOf('.') < 0 || override.indexOf('.') > equals) {
            faults.add("command line: '" + ConfigEntry.clipped(override)
                    + "' isn't an override: write section.key=value, such as training.learning_rate=1e-4");
            return;
        }
        String key = override.substring(0, equals).strip();
        String value = override.substring(equals + 1).strip();
        entries.add(new ConfigEntry(key, overrideValue(value), "command line"));
    }

    private static ConfigEntry.Value overrideValue(String value) {
        if (value.isEmpty() || value.equals("null")) {
            return new ConfigEntry.Value.Absent();
        }
        if (value.startsWith("[") && value.endsWith("]")) {
            String inside = value.substring(1, value.length() - 1).strip();
            return new ConfigEntry.Value.Items(inside.isEmpty() ? List.of() : List.of(inside.split("\\s*,\\s*")));
        }
        return new ConfigEntry.Value.Scalar(value);
    }
}
