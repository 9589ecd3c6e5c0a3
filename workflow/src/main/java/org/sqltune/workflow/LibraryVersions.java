package org.sqltune.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The versions of SqlTune and its libraries, recorded by the build, so that reading them loads no native library.
 *
 * @param properties versions by name: {@code sqltune}, {@code djl}, {@code pytorch}, {@code pytorch.native}, {@code
 *     pytorch.platform}
 */
public record LibraryVersions(Map<String, String> properties) {
    /** Reads the versions from the jar. */
    public static LibraryVersions read() {
        Properties build = new Properties();
        try (InputStream in = LibraryVersions.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IllegalStateException("The jar was packed without build.properties");
            }
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        build.stringPropertyNames().forEach(name -> properties.put(name, build.getProperty(name)));
        return new LibraryVersions(properties);
    }

    /** Returns the versions that reports contain: SqlTune's and those of its compute libraries. */
    public static Map<String, String> ofReports() {
        LibraryVersions all = read();
        Map<String, String> versions = new LinkedHashMap<>();
        List.of("sqltune", "djl", "pytorch").forEach(name -> versions.put(name, all.of(name)));
        return versions;
    }

    /** Returns a version by name. */
    public String of(String name) {
        return properties.getOrDefault(name, "unknown");
    }

    /** Returns SqlTune's version, the platform and the engine, one line each. */
    public List<String> lines() {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
        return List.of(
                "SqlTune " + of("sqltune"),
                "Platform: " + platform,
                "Engine: DJL " + of("djl") + ", PyTorch " + of("pytorch") + " (" + of("pytorch.native") + ", "
                        + of("pytorch.platform") + ")");
    }
}
