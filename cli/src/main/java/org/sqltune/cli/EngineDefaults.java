package org.sqltune.cli;

import java.util.Map;
import java.util.Properties;

/**
 * Settings that DJL reads when its classes load, so they must stand before anything touches it: natives come out of the
 * jar instead of the network, and no usage statistics are sent. Whoever sets them in the environment or with {@code -D}
 * is left alone.
 */
final class EngineDefaults {
    private EngineDefaults() {}

    static void apply(Map<String, String> environment, Properties properties) {
        setIfFree("ai.djl.offline", "DJL_OFFLINE", environment, properties);
        setIfFree("OPT_OUT_TRACKING", "OPT_OUT_TRACKING", environment, properties);
    }

    private static void setIfFree(
            String property, String variable, Map<String, String> environment, Properties properties) {
        if (!environment.containsKey(variable)) {
            properties.putIfAbsent(property, "true");
        }
    }
}
