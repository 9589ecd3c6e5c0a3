package org.sqltune.model.hub.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;

/**
 * Which hub, which cache, and as whom: what Hugging Face's own tools take from the environment.
 *
 * @param endpoint the hub's address, without a slash at the end
 * @param cache the folder of {@code models--owner--name} folders
 * @param offline whether the network is off limits
 * @param token proves who is asking; null for nobody in particular
 * @param symlinks whether links may be tried in the cache
 * @see <a href="https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables">the variables</a>
 */
public record HubSettings(
        URI endpoint, Path cache, boolean offline, @Nullable String token, boolean symlinks) {
    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final List<String> TRUE = List.of("1", "ON", "YES", "TRUE");

    /** As the environment of this process says, and after it the system properties of the same names. */
    public static HubSettings ofProcess() {
        Map<String, String> environment = new HashMap<>();
        Properties properties = System.getProperties();
        properties.stringPropertyNames().forEach(name -> environment.put(name, properties.getProperty(name)));
        environment.putAll(System.getenv());
        return of(environment, Path.of(System.getProperty("user.home")));
    }

    /**
     * As an environment says: {@code HF_ENDPOINT}; {@code HF_HUB_CACHE}, {@code HUGGINGFACE_HUB_CACHE}, {@code HF_HOME}
     * and {@code XDG_CACHE_HOME}; {@code HF_HUB_OFFLINE} and {@code TRANSFORMERS_OFFLINE}; {@code HF_TOKEN},
     * {@code HUGGING_FACE_HUB_TOKEN}, {@code HF_TOKEN_PATH} and {@code HF_HUB_DISABLE_IMPLICIT_TOKEN};
     * {@code HF_HUB_DISABLE_SYMLINKS}. An empty variable counts as not set.
     *
     * @param environment variables by name
     * @param home the user's home folder
     * @throws SqlTuneException if the address or the token can't be right
     */
    public static HubSettings of(Map<String, String> environment, Path home) {
        Variables variables = new Variables(environment, home);
        Path hfHome = variables.path(
                "HF_HOME",
                variables.path("XDG_CACHE_HOME", home.resolve(".cache")).resolve("huggingface"));
        Path cache = variables.path("HF_HUB_CACHE", variables.path("HUGGINGFACE_HUB_CACHE", hfHome.resolve("hub")));
        return new HubSettings(
                endpoint(variables.text("HF_ENDPOINT", DEFAULT_ENDPOINT)),
                cache.toAbsolutePath(),
                isTrue(variables.text("HF_HUB_OFFLINE", variables.text("TRANSFORMERS_OFFLINE", ""))),
                token(variables, variables.path("HF_TOKEN_PATH", hfHome.resolve("token"))),
                !isTrue(variables.text("HF_HUB_DISABLE_SYMLINKS", "")));
    }

    private static URI endpoint(String text) {
        String address = text.replaceFirst("/+$", "");
        if (!address.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
            throw new SqlTuneException("HF_ENDPOINT is '" + text + "': give an address such as " + DEFAULT_ENDPOINT);
        }
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new SqlTuneException(
                    "HF_ENDPOINT is '" + text + "', no address: give one such as " + DEFAULT_ENDPOINT, e);
        }
    }

    private static @Nullable String token(Variables variables, Path file) {
        String given = variables.text("HF_TOKEN", variables.text("HUGGING_FACE_HUB_TOKEN", ""));
        if (given.isEmpty() && isTrue(variables.text("HF_HUB_DISABLE_IMPLICIT_TOKEN", ""))) {
            return null;
        }
        String token = (given.isEmpty() ? read(file) : given).strip();
        if (!token.matches("[!-~]*")) {
            throw new SqlTuneException((given.isEmpty() ? file.toString() : "HF_TOKEN")
                    + " holds characters that no token has: copy the token again");
        }
        return token.isEmpty() ? null : token;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the token in " + file + ": " + Failures.reason(e) + ". Make it readable or remove it",
                    e);
        }
    }

    private static boolean isTrue(String text) {
        return TRUE.contains(text.toUpperCase(Locale.ROOT));
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=" + endpoint + ", cache=" + cache + ", offline=" + offline + ", token="
                + (token == null ? "none" : "given") + ", symlinks=" + symlinks + "]";
    }

    private record Variables(Map<String, String> values, Path home) {
        String text(String name, String fallback) {
            String value = values.getOrDefault(name, "").strip();
            return value.isEmpty() ? fallback : value;
        }

        Path path(String name, Path fallback) {
            String value = text(name, "");
            if (value.isEmpty()) {
                return fallback;
            }
            return value.equals("~") || value.startsWith("~/")
                    ? home.resolve(value.substring(1).replaceFirst("^/", ""))
                    : Path.of(value);
        }
    }
}
