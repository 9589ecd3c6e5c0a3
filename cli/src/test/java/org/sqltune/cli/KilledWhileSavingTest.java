package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.checkpoint.MetricsLog;

/** {@code kill -9} while a checkpoint is being written, again and again, and the run still ends as if nothing was. */
class KilledWhileSavingTest {
    private static final int STEPS = 60;
    private static final int KEPT = 3;
    /**
     * How long after the first sight of a half-written checkpoint to kill, so that writing is cut at several places. A
     * fast disk has finished before the longer ones are over; the zeros behind each see to it that some cut is made.
     */
    private static final List<Integer> DELAYS_MILLISECONDS = List.of(0, 1, 0, 3, 0, 8, 0, 20, 0, 0);

    private static final int LEAST_HALF_WRITTEN = 2;
    private static final int ENOUGH_HALF_WRITTEN = 3;
    /** Quick to start rather than to run. */
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void aRunKilledWhileItSavesEndsWithTheBitsOfOneThatWasNot() throws Exception {
        Torch.setThreads(1);
        Path undisturbed = folder.resolve("undisturbed");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(cli.run(arguments(undisturbed, false))).as(cli::err).isZero();

        Path killed = folder.resolve("killed");
        int halfWritten = 0;
        int newest = 0;
        for (int i = 0; i < DELAYS_MILLISECONDS.size() && halfWritten < ENOUGH_HALF_WRITTEN; i++) {
            newest = killWhileSaving(killed, newest, DELAYS_MILLISECONDS.get(i));
            halfWritten += unfinished(killed).isEmpty() ? 0 : 1;
        }
        assertThat(halfWritten)
                .as("kills that left a half-written checkpoint")
                .isGreaterThanOrEqualTo(LEAST_HALF_WRITTEN);
        assertThat(newest).as("steps done when killed for the last time").isLessThan(STEPS);
        try (CliProcess run = start(killed)) {
            assertThat(run.await()).as(run::messages).isZero();
            assertThat(run.messages()).contains("going on after step " + newest);
        }

        assertThat(unfinished(killed)).as("temporaries left").isEmpty();
        assertThat(checkpoints(killed)).containsExactlyInAnyOrderElementsOf(checkpoints(undisturbed));
        assertThat(lines(killed)).isEqualTo(lines(undisturbed)).hasSize(STEPS);
        for (String model : List.of("final_model", "checkpoint-" + STEPS)) {
            assertThat(killed.resolve(model).resolve("adapter_model.safetensors"))
                    .hasSameBinaryContentAs(undisturbed.resolve(model).resolve("adapter_model.safetensors"));
        }
        assertThat(killed.resolve("checkpoint-" + STEPS + "/optimizer.safetensors"))
                .hasSameBinaryContentAs(undisturbed.resolve("checkpoint-" + STEPS + "/optimizer.safetensors"));
    }

    /**
     * Starts or resumes the run, lets it save two checkpoints and kills it while it writes the next.
     *
     * @param newest the step it has to go on from; 0 to start
     * @return the step it can go on from now
     */
    private int killWhileSaving(Path output, int newest, int delay) throws IOException, InterruptedException {
        try (CliProcess run = start(output)) {
            while (run.isRunning()
                    && (newestOf(output) < newest + 2 || unfinished(output).isEmpty())) {
                LockSupport.parkNanos(100_000);
            }
            Thread.sleep(delay);
            run.kill();
            assertThat(run.messages())
                    .contains(newest > 0 ? "going on after step " + newest : "for " + STEPS + " steps");
        }
        return newestOf(output);
    }

    /** Starts the run, or resumes it if it has begun. */
    private CliProcess start(Path output) throws IOException {
        String[] arguments = arguments(output, newestOf(output) > 0);
        return CliProcess.start(folder, JVM, List.of(arguments));
    }

    /** A tiny model with so large an adapter that saving it takes longer than a step. */
    private static String[] arguments(Path output, boolean resume) {
        Path model = TestCli.tinyModel().toAbsolutePath().normalize();
        List<String> arguments = new ArrayList<>(List.of("train", "--base-model=" + model, "--output-dir=" + output));
        if (resume) {
            arguments.add("--resume");
        }
        arguments.addAll(List.of(
                "data.train_file=" + model.resolve("data.jsonl"),
                "data.validation_split=0",
                "model.dtype=fp32",
                "lora.r=1024",
                "lora.lora_dropout=0.1",
                "lora.target_modules=all-linear",
                "training.max_steps=" + STEPS,
                "training.per_device_train_batch_size=2",
                "training.gradient_accumulation_steps=1",
                "training.logging_steps=1",
                "training.save_steps=1",
                "training.save_total_limit=" + KEPT));
        return arguments.toArray(String[]::new);
    }

    private static int newestOf(Path output) throws IOException {
        return checkpoints(output).stream()
                .mapToInt(name -> Integer.parseInt(name.substring("checkpoint-".length())))
                .max()
                .orElse(0);
    }

    private static List<String> checkpoints(Path output) throws IOException {
        return names(output).filter(name -> name.startsWith("checkpoint-")).toList();
    }

    /** Checkpoints being written, or left half written. */
    private static List<String> unfinished(Path output) throws IOException {
        return names(output).filter(name -> name.startsWith(".checkpoint-")).toList();
    }

    private static Stream<String> names(Path output) throws IOException {
        if (!Files.isDirectory(output)) {
            return Stream.empty();
        }
        try (Stream<Path> inside = Files.list(output)) {
            return inside.map(path -> path.getFileName().toString()).toList().stream();
        }
    }

    /** What is logged of each step, but for the seconds it took. */
    private static List<ObjectNode> lines(Path output) {
        List<ObjectNode> lines = MetricsLog.read(output.resolve("metrics.jsonl"));
        lines.forEach(line -> line.remove("seconds"));
        assertThat(lines.stream().map(line -> line.path("step").asInt()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, STEPS).boxed().toList());
        return lines;
    }
}
