package org.sqltune.workflow;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.sqltune.core.config.ConfigException;

/**
 * Reads {@code .env} in the current folder: tokens and settings as {@code NAME=value} lines that are nobody else's
 * business. A process can't change its environment, so they become system properties, which SqlTune and DJL look up
 * after the environment. What the environment already says wins.
 */
public final class DotEnv {
    /** Names of environment variables; a file must not set Java's own properties. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private DotEnv() {}

    /**
     * Reads the file if there is one.
     *
     * @throws ConfigException if a line isn't {@code NAME=value}; its text isn't repeated, as it may be a secret
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
}
