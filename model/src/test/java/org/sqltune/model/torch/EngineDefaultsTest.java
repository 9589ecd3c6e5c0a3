package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EngineDefaultsTest {
    private final Properties properties = new Properties();

    @Test
    void theEngineStaysOffTheNetwork() {
        EngineDefaults.apply(Map.of(), properties);
        assertThat(properties).containsOnly(Map.entry("ai.djl.offline", "true"), Map.entry("OPT_OUT_TRACKING", "true"));
    }

    @Test
    void whoeverDecidedOtherwiseIsLeftAlone() {
        properties.setProperty("ai.djl.offline", "false");
        EngineDefaults.apply(Map.of("OPT_OUT_TRACKING", "false"), properties);
        assertThat(properties).containsOnly(Map.entry("ai.djl.offline", "false"));
    }
}
