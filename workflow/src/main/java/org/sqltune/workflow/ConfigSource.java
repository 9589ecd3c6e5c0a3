package org.sqltune.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;

/** The configuration that the command line changes. */
@FunctionalInterface
public interface ConfigSource {
    /**
     * Reads it.
     *
     * @param overrides {@code section.key=value} each
     * @throws org.sqltune.core.config.ConfigException with every fault
     */
    RunConfig load(RunConfigLoader loader, List<String> overrides);

    /** Nothing but the defaults. */
    static ConfigSource defaults() {
        return (loader, overrides) -> loader.load(null, overrides);
    }

    /** Returns a file. */
    static ConfigSource file(Path file) {
        return (loader, overrides) -> loader.load(file, overrides);
    }

    /** Returns the demo's configuration, which lies in the jar. */
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
