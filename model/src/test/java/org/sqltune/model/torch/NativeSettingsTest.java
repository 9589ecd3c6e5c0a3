package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the libraries keep their own settings there")
class NativeSettingsTest {
    @Test
    void whatTheProcesssOwnerHasSetIsLeftAlone() {
        String name = "LRU_CACHE_CAPACITY";
        String before = get(name);
        set(name, "77");
        NativeSettings.apply();
        assertThat(get(name)).isEqualTo("77");
        set(name, before == null ? "64" : before);
    }

    @Test
    void nativeLibrariesFindTheSettingsInTheirEnvironment() {
        NativeSettings.apply();
        assertThat(get("ONEDNN_PRIMITIVE_CACHE_CAPACITY")).isEqualTo("64");
        assertThat(get("GOMP_SPINCOUNT")).isEqualTo("10000");
    }

    private static String get(String name) {
        return NativeLibrary.getProcess().getFunction("getenv").invokeString(new Object[] {name}, false);
    }

    private static void set(String name, String value) {
        NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {name, value, 1});
    }
}
