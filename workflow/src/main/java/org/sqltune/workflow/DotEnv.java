package org.sqltune.workflow;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.sqltune.core.config.ConfigException;

/**
 * Reads {@code .env} in the current folder: private tokens and settings as {@code NAME=value} lines. A process can't
 * change its environment, so they become system properties, which SqlTune and DJL read after the environment.
 * Environment variables take precedence.
 */
public final class DotEnv {
    /** The syntax of environment variables; a file must not set Java's own properties. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private DotEnv() {}

    /**
     * Reads the file if it exists.
     *
     * @throws ConfigException if a line isn't {@code NAME=value}; the message doesn't quote it, since it may be a
     *     secret
     */
    public static void load(Path folder, Map<String, String> environment, Properties properties) {
        Path file = folder.resolve(".env");
        try {
            Dotenv dotenv = Dotenv.configure()
                    .directory(folder.toAbsolutePath().toString())
                    .ignoreIfMissing()
                    .load();
            for (DotenvEntry entry : dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                if (VARIABLE.matcher(entry.getKey()).matches() && !environment.containsKey(entry.getKey())) {
                    properties.putIfAbsent(entry.getKey(), entry.getValue());
                }
            }
        } catch (DotenvException e) {
            throw new ConfigException(
                    file.toString(), List.of("a line is not of the form NAME=value: correct it or put # before it"));
        }
    }

    /** Returns the environment variables together with the system properties, which include those of {@code .env}. */
    public static Map<String, String> environment() {
        Properties properties = System.getProperties();
        Map<String, String> variables = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> variables.put(name, properties.getProperty(name)));
        variables.putAll(System.getenv());
        return variables;
    }
}
