package org.sqltune.model.server;

import java.util.Locale;
import java.util.Map;

/** Where Ollama is. */
public final class OllamaAddress {
    /** The environment variable that Ollama's own command reads. */
    public static final String VARIABLE = "OLLAMA_HOST";

    private static final String PORT = "11434";

    private OllamaAddress() {}

    /**
     * The address that {@code OLLAMA_HOST} names, else {@code http://localhost:11434}. As in Ollama, scheme and port may be
     * left out, a scheme without a port means the scheme's own, and an address to listen on everywhere means this machine.
     *
     * @param environment the process's variables
     */
    public static String usual(Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "").strip().replaceAll("^[\"']+|[\"']+$", "");
        boolean scheme = given.matches("(?i)https?://.*");
        String rest = given.replaceFirst("^(?i)https?://", "");
        String host = rest.replaceFirst("/.*$", "");
        String path = rest.substring(host.length());
        // A port stands behind the brackets of an IPv6 address.
        String port = host.replaceFirst("^(?:\\[[^]]*]|[^:]*)", "");
        String name = host.substring(0, host.length() - port.length());
        String reachable = name.isEmpty() || name.equals("0.0.0.0") || name.equals("[::]") ? "localhost" : name;
        String known = port.isEmpty() && !scheme ? ":" + PORT : port;
        return (given.toLowerCase(Locale.ROOT).startsWith("https://") ? "https://" : "http://")
                + reachable
                + known
                + path;
    }
}
