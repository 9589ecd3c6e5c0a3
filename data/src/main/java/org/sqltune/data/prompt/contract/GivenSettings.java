package org.sqltune.data.prompt.contract;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfigLoader;

/**
 * The explicit keys of a configuration, as {@code section.key}, and their origin. All other keys have their defaults.
 *
 * @param file the configuration file; null if there is none
 * @param inFile the keys in the file
 * @param onCommandLine the keys of {@code section.key=value} on the command line, which override the file's
 */
public record GivenSettings(@Nullable Path file, Set<String> inFile, Set<String> onCommandLine) {
    /** No explicit settings. */
    public static final GivenSettings NONE = new GivenSettings(null, Set.of(), Set.of());

    public GivenSettings {
        inFile = Set.copyOf(inFile);
        onCommandLine = Set.copyOf(onCommandLine);
    }

    /**
     * Returns the explicit settings of a file and of overrides.
     *
     * @param file null if there is none
     * @param overrides {@code section.key=value} each
     * @throws org.sqltune.core.config.ConfigException if the file can't be read
     */
    public static GivenSettings of(@Nullable Path file, Collection<String> overrides) {
        Set<String> keys = overrides.stream()
                .map(each -> each.substring(0, Math.max(0, each.indexOf('='))).strip())
                .collect(Collectors.toSet());
        return new GivenSettings(file, file == null ? Set.of() : RunConfigLoader.keysIn(file), keys);
    }
}
