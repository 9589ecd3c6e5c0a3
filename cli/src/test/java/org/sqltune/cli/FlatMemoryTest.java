package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long training needs no more memory than short training: the process holds as much after 600 steps as after 200, with
 * evaluations and checkpoints on the way. Needs Linux's /proc or a {@code ps} to measure; fails where there is neither.
 */
@Tag("heavy")
class FlatMemoryTest {
    private static final int STEPS = 600;
    private static final int WINDOW = 100;
    private static final double ALLOWED_GROWTH = 0.05;
    private static final int MILLISECONDS_BETWEEN_SAMPLES = 50;

    @TempDir
    private Path folder;

    /** A sample of the child's memory. */
    private record Sample(long step, double megabytes) {}

    @ParameterizedTest
    @ValueSource(strings = {"bf16", "fp32"})
    void sixHundredStepsHoldAsMuchAsTwoHundred(String elementType, TestReporter reporter) throws Exception {
        List<Sample> samples = new ArrayList<>();
        try (CliProcess run = CliProcess.start(folder, List.of("-Xmx384m"), List.of(arguments(elementType)))) {
            Path metrics = folder.resolve("out/metrics.jsonl");
            while (run.isRunning()) {
                sample(run, metrics, samples);
                Thread.sleep(MILLISECONDS_BETWEEN_SAMPLES);
            }
            assertThat(run.await()).as(run::messages).isZero();
        }
        double early = median(samples, WINDOW, 2 * WINDOW);
        double late = median(samples, STEPS - WINDOW, STEPS);
        reporter.publishEntry(
                elementType,
                String.format(
                        Locale.ROOT,
                        "steps %d to %d: %.1f MB, steps %d to %d: %.1f MB (%+.1f %%)",
                        WINDOW,
                        2 * WINDOW,
                        early,
                        STEPS - WINDOW,
                        STEPS,
                        late,
                        100 * (late / early - 1)));
        assertThat(late).as("MB held at the end; early on: %.1f", early).isLessThan(early * (1 + ALLOWED_GROWTH));
        assertThat(folder.resolve("out/checkpoint-" + STEPS)).isDirectory();
    }

    private static void sample(CliProcess run, Path metrics, List<Sample> samples) throws IOException {
        long step = stepsDone(metrics);
        ResidentMemory.megabytes(run.pid()).ifPresent(megabytes -> samples.add(new Sample(step, megabytes)));
    }

    private static long stepsDone(Path metrics) throws IOException {
        if (!Files.exists(metrics)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(metrics)) {
            return lines.filter(line -> line.contains("\"grad_norm\"")).count();
        }
    }

    /** The median of the samples between two steps. */
    private static double median(List<Sample> samples, int from, int to) {
        double[] chosen = samples.stream()
                .filter(sample -> sample.step() >= from && sample.step() < to)
                .mapToDouble(Sample::megabytes)
                .sorted()
                .toArray();
        assertThat(chosen).as("samples of steps %d to %d", from, to).hasSizeGreaterThan(20);
        return chosen[chosen.length / 2];
    }

    /** The bundled model on the demo's questions: rows of many lengths, most of them with a shared schema. */
    private String[] arguments(String elementType) {
        return new String[] {
            "train",
            "--base-model=sqltune-nano",
            "--output-dir=" + folder.resolve("out"),
            "model.dtype=" + elementType,
            "training.max_steps=" + STEPS,
            "training.max_minutes=null",
            "training.per_device_train_batch_size=4",
            "training.gradient_accumulation_steps=2",
            "training.logging_steps=1",
            "training.eval_steps=" + WINDOW,
            "training.save_steps=" + WINDOW,
            "data.max_eval_samples=64",
            "evaluation.max_samples=1"
        };
    }
}
