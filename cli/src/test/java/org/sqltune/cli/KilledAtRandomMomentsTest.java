package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.checkpoint.MetricsLog;

/**
 * {@code kill -9} at fifty random moments of one run: while the machine starts, between steps, while a checkpoint is
 * written or an old one deleted. Every restart works, and the run ends with the bits of one that nobody killed.
 */
@Tag("heavy")
class KilledAtRandomMomentsTest {
    private static final Logger log = LoggerFactory.getLogger(KilledAtRandomMomentsTest.class);
    private static final int KILLS = 50;
    private static final int STEPS = 1500;
    /** Of a kill's delay once the run is under way. */
    private static final int LONGEST_MILLISECONDS = 400;

    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    private final Random random = new Random(20261121);

    @Test
    void everyRestartWorksAndTheEndIsTheSame() throws Exception {
        Path killed = folder.resolve("killed");
        int halfWritten = 0;
        int withoutProgress = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int before = newest(killed);
            killOnce(killed, before);
            int after = newest(killed);
            assertThat(after).as("steps saved after kill " + kill).isBetween(before, STEPS - 1);
            halfWritten += names(killed, ".checkpoint-").isEmpty() ? 0 : 1;
            withoutProgress += after == before ? 1 : 0;
        }
        log.info(
                "{} kills, {} of them with a checkpoint half written or half deleted, {} before one was saved; {} steps",
                KILLS,
                halfWritten,
                withoutProgress,
                newest(killed));
        try (CliProcess run = start(killed)) {
            assertThat(run.await()).as(run::messages).isZero();
        }
        Torch.setThreads(1);
        Path undisturbed = folder.resolve("undisturbed");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(cli.run(arguments(undisturbed).toArray(String[]::new)))
                .as(cli::err)
                .isZero();

        assertThat(lines(killed)).isEqualTo(lines(undisturbed)).hasSize(STEPS / 5 + STEPS / 50);
        assertThat(names(killed, "checkpoint-")).containsExactlyInAnyOrderElementsOf(names(undisturbed, "checkpoint-"));
        assertThat(names(killed, ".")).as("temporaries").isEmpty();
        for (String file : List.of(
                "final_model/adapter_model.safetensors",
                "checkpoint-" + STEPS + "/adapter_model.safetensors",
                "checkpoint-" + STEPS + "/optimizer.safetensors")) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
        }
    }

    /** Some kills come at any moment from the process's start, the others once it has saved something new. */
    private void killOnce(Path output, int before) throws IOException, InterruptedException {
        try (CliProcess run = start(output)) {
            if (random.nextInt(10) < 3) {
                Thread.sleep(random.nextInt(5 * LONGEST_MILLISECONDS));
            } else {
                while (run.isRunning() && newest(output) == before) {
                    Thread.sleep(1);
                }
                Thread.sleep(random.nextInt(LONGEST_MILLISECONDS));
            }
            assertThat(run.isRunning()).as(run::messages).isTrue();
            run.kill();
        }
    }

    private CliProcess start(Path output) throws IOException {
        List<String> arguments = new ArrayList<>(arguments(output));
        arguments.add("--resume");
        return CliProcess.start(folder, JVM, arguments);
    }

    private static List<String> arguments(Path output) {
        Path model = TestCli.tinyModel().toAbsolutePath().normalize();
        return List.of(
                "train",
                "--base-model=" + model,
                "--output-dir=" + output,
                "data.train_file=" + model.resolve("data.jsonl"),
                "data.validation_file=" + model.resolve("data.jsonl"),
                "model.dtype=fp32",
                "lora.r=128",
                "lora.lora_dropout=0.1",
                "lora.target_modules=all-linear",
                "training.max_steps=" + STEPS,
                "training.per_device_train_batch_size=2",
                "training.gradient_accumulation_steps=1",
                "training.neftune_noise_alpha=5",
                "training.logging_steps=5",
                "training.eval_steps=50",
                "training.save_steps=3",
                "training.save_total_limit=2");
    }

    private static int newest(Path output) throws IOException {
        return names(output, "checkpoint-").stream()
                .mapToInt(name -> Integer.parseInt(name.substring("checkpoint-".length())))
                .max()
                .orElse(0);
    }

    private static List<String> names(Path output, String beginning) throws IOException {
        if (!Files.isDirectory(output)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(output)) {
            return inside.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(beginning))
                    .toList();
        }
    }

    /** What is logged, but for the seconds it took. */
    private static List<ObjectNode> lines(Path output) {
        List<ObjectNode> lines = MetricsLog.read(output.resolve(MetricsLog.NAME));
        lines.forEach(line -> line.remove("seconds"));
        return lines;
    }
}
