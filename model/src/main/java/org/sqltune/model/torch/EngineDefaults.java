package org.sqltune.model.torch;

import java.util.Map;
import java.util.Properties;

/**
 * Settings that DJL reads when its classes load, so they must stand before anything touches it: natives come out of the
 * jar instead of the network, and no usage statistics are sent. Values set in the environment or with {@code -D}
 * are left alone.
 */
public final class EngineDefaults {
    private EngineDefaults() {}

    /** Sets them for this process, unless its owner has. */
    public static void apply() {
        apply(System.getenv(), System.getProperties());
    }

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
