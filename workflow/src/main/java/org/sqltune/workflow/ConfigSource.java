package org.sqltune.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;

/** A source of a configuration, to which overrides apply. */
@FunctionalInterface
public interface ConfigSource {
    /**
     * Loads the configuration.
     *
     * @param overrides {@code section.key=value} each
     * @throws org.sqltune.core.config.ConfigException if it has faults; lists them all
     */
    RunConfig load(RunConfigLoader loader, List<String> overrides);

    /** Returns the default configuration. */
    static ConfigSource defaults() {
        return (loader, overrides) -> loader.load(null, overrides);
    }

    /** Returns a configuration file. */
    static ConfigSource file(Path file) {
        return (loader, overrides) -> loader.load(file, overrides);
    }

    /** Returns the demo's configuration from the jar. */
    static ConfigSource demo() {
        return (loader, overrides) -> loader.load("demo.yaml (in the jar)", demoText(), overrides);
    }

    private static String demoText() {
        try (InputStream in = ConfigSource.class.getResourceAsStream("demo.yaml")) {
            if (in == null) {
                throw new IllegalStateException("The jar was packed without demo.yaml");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
