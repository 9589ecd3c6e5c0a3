package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.checkpoint.MetricsLog;

/** A run that is asked to end saves, says how to go on, and goes on to what it would have come to anyway. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals to send")
class InterruptedRunTest {
    private static final int STEPS = 40;
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalEndsARunWithACheckpointAndItGoesOnExactly(String signal, int code) throws Exception {
        Path output = folder.resolve("my run");
        try (CliProcess run = CliProcess.start(folder, JVM, arguments(output))) {
            awaitLines(run, output, 3);
            run.signal(signal);
            assertThat(run.await()).as(run::messages).isEqualTo(code);
            assertThat(run.messages())
                    .contains("ending after this step")
                    .containsPattern("stopped after step \\d+ of " + STEPS)
                    .contains("Go on with: ", "sqltune train --base-model=", "'--output-dir=", " --resume");
        }
        assertThat(output.resolve("final_model")).doesNotExist();

        Torch.setThreads(1);
        TestCli cli = new TestCli(folder.resolve("cache"));
        List<String> resumed = new ArrayList<>(arguments(output));
        resumed.add("--resume");
        assertThat(cli.run(resumed.toArray(String[]::new))).as(cli::err).isZero();
        Path undisturbed = folder.resolve("undisturbed");
        assertThat(cli.run(arguments(undisturbed).toArray(String[]::new)))
                .as(cli::err)
                .isZero();
        assertThat(lines(output)).isEqualTo(lines(undisturbed)).hasSize(STEPS);
        assertThat(output.resolve("final_model/adapter_model.safetensors"))
                .hasSameBinaryContentAs(undisturbed.resolve("final_model/adapter_model.safetensors"));
    }

    @Test
    void beforeThereIsAnythingToSaveItEndsAtOnce() throws Exception {
        Path output = folder.resolve("run");
        try (CliProcess run = CliProcess.start(folder, JVM, arguments(output))) {
            while (run.isRunning() && !Files.exists(output.resolve("config.yaml"))) {
                Thread.sleep(1);
            }
            run.signal("INT");
            assertThat(run.await()).as(run::messages).isEqualTo(130);
            assertThat(run.messages()).contains("Go on with: ", "--resume");
        }
    }

    @Test
    void aSecondCtrlCEndsItAtOnce() throws Exception {
        Path output = folder.resolve("run");
        List<String> longSteps = new ArrayList<>(arguments(output));
        longSteps.add("training.gradient_accumulation_steps=100000");
        try (CliProcess run = CliProcess.start(folder, JVM, longSteps)) {
            while (run.isRunning() && !run.messages().contains("for " + STEPS + " steps")) {
                Thread.sleep(10);
            }
            run.signal("INT");
            while (run.isRunning() && !run.messages().contains("ending after this step")) {
                Thread.sleep(10);
            }
            assertThat(run.isRunning()).as(run::messages).isTrue();
            run.signal("INT");
            assertThat(run.await()).isEqualTo(130);
            assertThat(run.messages()).contains("interrupted. What is saved stays.");
        }
    }

    private static void awaitLines(CliProcess run, Path output, int count) throws InterruptedException {
        while (run.isRunning()
                && MetricsLog.read(output.resolve(MetricsLog.NAME)).size() < count) {
            Thread.sleep(1);
        }
    }

    private static List<String> arguments(Path output) {
        Path model = TestCli.tinyModel().toAbsolutePath().normalize();
        return List.of(
                "train",
                "--base-model=" + model,
                "--output-dir=" + output,
                "data.train_file=" + model.resolve("data.jsonl"),
                "data.validation_split=0",
                "model.dtype=fp32",
                "lora.lora_dropout=0.1",
                "training.neftune_noise_alpha=5",
                "training.max_steps=" + STEPS,
                "training.per_device_train_batch_size=2",
                "training.gradient_accumulation_steps=1",
                "training.logging_steps=1",
                "training.save_steps=0");
    }

    /** What is logged of each step, but for the seconds it took. */
    private static List<ObjectNode> lines(Path output) throws IOException {
        List<ObjectNode> lines = MetricsLog.read(output.resolve(MetricsLog.NAME));
        lines.forEach(line -> line.remove("seconds"));
        return lines;
    }
}
