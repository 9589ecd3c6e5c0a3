package org.sqltune.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import picocli.CommandLine;

class TrainOptionsTest {
    @TempDir
    private Path folder;

    @Test
    void withoutArgumentsItIsTheDemo() {
        RunConfig config = load();
        assertThat(config.model().name()).isEqualTo("sqltune-nano");
        assertThat(config.data().dataset()).isEqualTo(Dataset.DEMO);
        assertThat(config.training().outputDir()).isEqualTo(Path.of("outputs/demo"));
    }

    @Test
    void optionsWinOverTheFileAndOverridesWinOverOptions() throws IOException {
        Path file = write("training: {num_train_epochs: 5, max_steps: 7, seed: 1, output_dir: a}");
        RunConfig config =
                load("--config", file.toString(), "--epochs", "2", "--output-dir=b", "training.output_dir=c");
        assertThat(config.training().length().numTrainEpochs()).isEqualTo(2);
        assertThat(config.training().length().maxSteps()).isNull();
        assertThat(config.training().seed()).isEqualTo(1);
        assertThat(config.training().outputDir()).isEqualTo(Path.of("c"));
    }

    @Test
    void maxSamplesIsForEverySetAndMaxTrainSamplesForOne() {
        RunConfig config = load("--max-samples", "20", "--max-train-samples", "10");
        assertThat(config.data().maxTrainSamples()).isEqualTo(10);
        assertThat(config.data().maxEvalSamples()).isEqualTo(20);
        assertThat(config.evaluation().maxSamples()).isEqualTo(20);
    }

    @Test
    void modelOptionsAreKeysOfTheModelSection() throws IOException {
        Path file = write("model: {quantization: nf4}");
        RunConfig config = load(
                "-c", file.toString(), "--base-model", "org/name", "--device=cpu", "--dtype=bf16", "--no-quantization");
        assertThat(config.model().name()).isEqualTo("org/name");
        assertThat(config.model().device()).isEqualTo(DeviceChoice.CPU);
        assertThat(config.model().dtype()).isEqualTo(DType.BF16);
        assertThat(config.model().quantization()).isEqualTo(Quantization.NONE);
    }

    @Test
    void cpuModeKeepsTheExamplesOfAStep() throws IOException {
        Path file = write("training: {per_device_train_batch_size: 4, gradient_accumulation_steps: 3}");
        RunConfig config = load("--cpu-mode", "--config", file.toString());
        assertThat(config.model().device()).isEqualTo(DeviceChoice.CPU);
        assertThat(config.model().dtype()).isEqualTo(DType.AUTO);
        assertThat(config.training().batches().perDeviceTrainBatchSize()).isEqualTo(1);
        assertThat(config.training().batches().gradientAccumulationSteps()).isEqualTo(12);
    }

    @Test
    void fastMacTakesTwoExamplesAtATime() {
        RunConfig config = load("--fast-mac", "training.gradient_accumulation_steps=4");
        assertThat(config.model().device()).isEqualTo(DeviceChoice.MPS);
        assertThat(config.training().batches().perDeviceTrainBatchSize()).isEqualTo(2);
        assertThat(config.training().batches().gradientAccumulationSteps()).isEqualTo(4);
    }

    @Test
    void dataOfOnesOwnLeavesTheDemoBehind() throws IOException {
        Path data = Files.writeString(folder.resolve("train.jsonl"), "{}");
        RunConfig config = load("data.train_file=" + data);
        assertThat(config.data().dataset()).isEqualTo(Dataset.FILES);
        assertThat(config.training().outputDir()).isEqualTo(Path.of("outputs", "run"));
    }

    @Test
    void anOptionsWrongValueIsExplainedLikeAKeys() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("--epochs", "many", "--device", "gpu"))
                .satisfies(e -> assertThat(e.faults())
                        .containsExactly(
                                "command line: model.device is 'gpu': give one of auto, cpu, cuda, mps",
                                "command line: training.num_train_epochs is 'many': give a number above 0"));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("run.yaml"), yaml);
    }

    private static RunConfig load(String... arguments) {
        TrainOptions options = new TrainOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.request().train().run().load(new RunConfigLoader());
    }
}
