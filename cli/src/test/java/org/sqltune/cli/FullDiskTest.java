package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.model.torch.Torch;

/** A run on a disk, a small tmpfs, that fills up while it saves. Needs Linux and root, who alone may mount one. */
@Tag("heavy")
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a tmpfs")
class FullDiskTest {
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void theLastCheckpointStaysAndTheRunGoesOnOnceThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        mount("-t", "tmpfs", "-o", "size=9m", "tmpfs", disk.toString());
        try {
            Path output = disk.resolve("run");
            String messages;
            try (CliProcess run = CliProcess.start(folder, JVM, arguments(output))) {
                assertThat(run.await()).as(run::messages).isEqualTo(ExitCodes.FAILED);
                messages = run.messages();
            }
            String failure = messages.lines()
                    .filter(line -> line.startsWith("sqltune: "))
                    .findFirst()
                    .orElseThrow();
            assertThat(failure).contains("Can't write", "No space left on device", "Saved and whole: ", "--resume");
            assertThat(messages).endsWith(failure + "\n");
            assertThat(output.resolve("final_model")).doesNotExist();

            mount("-o", "remount,size=200m", disk.toString());
            Torch.setThreads(1);
            TestCli cli = new TestCli(folder.resolve("cache"));
            List<String> resumed = new ArrayList<>(arguments(output));
            resumed.add("--resume");
            assertThat(cli.run(resumed.toArray(String[]::new))).as(cli::err).isZero();
            Path undisturbed = folder.resolve("undisturbed");
            assertThat(cli.run(arguments(undisturbed).toArray(String[]::new)))
                    .as(cli::err)
                    .isZero();
            assertThat(output.resolve("final_model/adapter_model.safetensors"))
                    .hasSameBinaryContentAs(undisturbed.resolve("final_model/adapter_model.safetensors"));
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void mount(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }

    private static List<String> arguments(Path output) {
        Path model = TestCli.tinyModel().toAbsolutePath().normalize();
        return List.of(
                "train",
                "--base-model=" + model,
                "--output-dir=" + output,
                "data.train_file=" + model.resolve("data.jsonl"),
                "model.dtype=fp32",
                "lora.r=64",
                "lora.target_modules=all-linear",
                "training.max_steps=30",
                "training.per_device_train_batch_size=2",
                "training.gradient_accumulation_steps=1",
                "training.logging_steps=1",
                "training.save_steps=1",
                "training.save_total_limit=null");
    }
}
