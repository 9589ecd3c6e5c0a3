package org.sqltune.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DeviceProbe;

class RunFolderTest {
    @TempDir
    private Path folder;

    private final RunConfigLoader loader = new RunConfigLoader(path -> true);

    @Test
    void anAdapterIsFoundWithTheConfigurationItWasTrainedBy() throws IOException {
        RunConfig config = loader.load(
                null, List.of("training.output_dir=" + folder, "data.prompt_format=plain", "model.name=org/base"));
        RunFolder.writeConfig(config);
        assertThat(RunFolder.configOf(folder.resolve("final_model"))).isEmpty();
        Files.createFile(folder.resolve("metrics.jsonl"));
        for (String adapter : List.of("final_model", "checkpoint-5")) {
            assertThat(RunFolder.configOf(folder.resolve(adapter)).orElseThrow().load(loader, List.of()))
                    .isEqualTo(config);
        }
    }

    @Test
    void aResumedRunRecomputesWhatItDidBefore() throws IOException {
        RunConfig auto = checkpointing("auto");
        assertThat(asBefore(auto)).isEqualTo(auto);
        RunFolder.writeConfig(checkpointing("selective"));
        Files.createFile(folder.resolve("metrics.jsonl"));
        assertThat(asBefore(auto)).isEqualTo(checkpointing("selective"));
        assertThat(asBefore(checkpointing("none"))).isEqualTo(checkpointing("none"));
    }

    private RunConfig checkpointing(String mode) {
        return loader.load(
                null, List.of("training.output_dir=" + folder, "training.gradient_checkpointing=" + mode, "lora.r=3"));
    }

    private static RunConfig asBefore(RunConfig config) {
        return RunFolder.withCheckpointingAsBefore(config, DeviceProbe.PROCESSOR_ONLY);
    }

    @Test
    void anAdapterFromElsewhereHasNone() {
        assertThat(RunFolder.configOf(folder.resolve("final_model"))).isEmpty();
        assertThat(RunFolder.configOf(Path.of("/"))).isEmpty();
    }
}
