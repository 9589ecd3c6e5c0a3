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
import org.sqltune.core.config.RunConfigWriter;

class IgnoredKeysTest {
    private final RunConfigLoader loader = new RunConfigLoader(path -> true);

    @TempDir
    private Path folder;

    @Test
    void epochsBesideStepsAreSaid() throws IOException {
        Path file = Files.writeString(
                folder.resolve("my.yaml"),
                "data: {train_file: a.jsonl}\ntraining: {num_train_epochs: 2, max_steps: 7}\n");

        assertThat(remarks(RunRequest.of(file)))
                .containsExactly(
                        "training.num_train_epochs 2.0 has no effect: training.max_steps 7 says how long the run"
                                + " is");
        assertThat(remarks(RunRequest.of(null, List.of("training.num_train_epochs=2"))))
                .isEmpty();
    }

    @Test
    void stepsThatReplaceTheDemosEpochsAreNobodysMistake() {
        assertThat(remarks(RunRequest.of(null, List.of("training.max_steps=7"))))
                .isEmpty();
    }

    @Test
    void keysOfAnAdapterAreSaidWhereNoneIsTrained() throws IOException {
        Path file = Files.writeString(
                folder.resolve("my.yaml"),
                "data: {train_file: a.jsonl}\ntraining: {method: full}\nlora: {r: 4, lora_alpha: 9}\n");

        assertThat(remarks(RunRequest.of(file, List.of("lora.lora_dropout=0.1"))))
                .containsExactly(
                        "lora.r, lora.lora_alpha, lora.lora_dropout have no effect: training.method full trains"
                                + " no adapter");
        assertThat(remarks(RunRequest.of(file, List.of("training.method=lora"))))
                .isEmpty();
    }

    @Test
    void theFileOfAFinishedRunHasEveryKeyAndNothingToSayOfTheUsualOnes() throws IOException {
        RunConfig config = RunRequest.of(null, List.of("data.train_file=a.jsonl", "training.method=full"))
                .load(loader);
        Path file = Files.writeString(folder.resolve("config.yaml"), RunConfigWriter.toYaml(config));

        assertThat(remarks(RunRequest.of(file))).isEmpty();
    }

    private List<String> remarks(RunRequest request) {
        return IgnoredKeys.of(request, request.load(loader));
    }
}
