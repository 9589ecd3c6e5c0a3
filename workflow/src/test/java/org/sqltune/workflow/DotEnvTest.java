package org.sqltune.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;

class DotEnvTest {
    @TempDir
    private Path folder;

    private final Properties properties = new Properties();

    @Test
    void aFolderWithoutTheFileChangesNothing() {
        DotEnv.load(folder, Map.of(), properties);
        assertThat(properties).isEmpty();
    }

    @Test
    void variablesBecomeSystemProperties() throws IOException {
        write("# tokens\nHF_TOKEN=hf_secret\nexport_me=ignored\nWANDB_MODE=\"offline\"\n");
        DotEnv.load(folder, Map.of(), properties);
        assertThat(properties).containsOnly(Map.entry("HF_TOKEN", "hf_secret"), Map.entry("WANDB_MODE", "offline"));
    }

    @Test
    void theEnvironmentAndTheCommandLineWin() throws IOException {
        write("HF_TOKEN=from_file\nHF_HOME=from_file\n");
        properties.setProperty("HF_HOME", "from -D");
        DotEnv.load(folder, Map.of("HF_TOKEN", "from the environment"), properties);
        assertThat(properties).containsOnly(Map.entry("HF_HOME", "from -D"));
    }

    @Test
    void javasOwnPropertiesCantBeSet() throws IOException {
        write("java.io.tmpdir=/elsewhere\nuser.home=/elsewhere\n");
        DotEnv.load(folder, Map.of(), properties);
        assertThat(properties).isEmpty();
    }

    @Test
    void aBrokenLineIsRefusedWithoutRepeatingIt() throws IOException {
        write("hf_secret_without_a_name\n");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> DotEnv.load(folder, Map.of(), properties))
                .withMessageContaining("NAME=value")
                .withMessageNotContaining("hf_secret");
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text);
    }
}
