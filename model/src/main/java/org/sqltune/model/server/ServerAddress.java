package org.sqltune.model.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sqltune.core.config.ConfigException;

/**
 * Where a server is.
 *
 * @param base scheme, host, port and what stands before every path, without a slash at the end
 */
public record ServerAddress(URI base) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Reads what a user wrote.
     *
     * @param url scheme, host, and what else belongs to the address
     * @param pathBefore makes what stands before every path of what the user's address has there
     * @throws ConfigException if it is no address of a server
     */
    public static ServerAddress of(String url, UnaryOperator<String> pathBefore) {
        String text = url.strip();
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
                throw fault(text + " is no address of a server: write http://HOST:PORT");
            }
            if (uri.getUserInfo() != null || uri.getQuery() != null) {
                throw fault(text + " holds more than an address: a key goes into the environment variable that"
                        + " inference.engine_key names");
            }
            String path = uri.getPath().replaceAll("/+$", "");
            return new ServerAddress(URI.create(scheme + "://" + uri.getRawAuthority() + pathBefore.apply(path)));
        } catch (URISyntaxException e) {
            throw fault(text + " is no address of a server: write http://HOST:PORT");
        }
    }

    private static ConfigException fault(String problem) {
        return new ConfigException("inference.engine_url (--url)", List.of(problem));
    }

    /** The address of a path. */
    public URI resolve(String path) {
        return URI.create(base + path);
    }

    /** Whether what is sent can be read on the way. */
    public boolean isOpen() {
        return base.getScheme().equals("http") && !LOOPBACK.contains(base.getHost());
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
