package org.sqltune.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions this jar was built from. Maven wrote them down, so that telling them loads no native library. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Properties build = read();
        return new String[] {
            "SqlTune " + build.getProperty("sqltune"),
            "Platform: " + platform(),
            "Engine: DJL " + build.getProperty("djl") + ", PyTorch " + build.getProperty("pytorch") + " ("
                    + build.getProperty("pytorch.native") + ", " + build.getProperty("pytorch.platform") + ")"
        };
    }

    /** The versions of SqlTune and of what computes for it, by name. */
    static Map<String, String> libraries() {
        Properties build = read();
        Map<String, String> versions = new LinkedHashMap<>();
        for (String name : List.of("sqltune", "djl", "pytorch")) {
            versions.put(name, build.getProperty(name));
        }
        return versions;
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IllegalStateException("The jar was packed without build.properties");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
