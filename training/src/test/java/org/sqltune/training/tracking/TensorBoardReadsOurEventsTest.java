package org.sqltune.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;

/**
 * Event files of a run that was cut off and resumed, opened by TensorBoard's own reader. Needs a Python with
 * tools/parity/requirements.txt, named by the system property {@code sqltune.python}.
 */
@Tag("heavy")
class TensorBoardReadsOurEventsTest {
    @TempDir
    private Path folder;

    @Test
    void theStepsAfterTheCheckpointAreThoseOfTheResumedRun() throws Exception {
        Path events = folder.resolve("events");
        RunConfig config = TrackingRuns.config(
                folder.resolve("out"), "training.report_to=tensorboard", "training.logging_dir=" + events);
        TrackingListener first = TrackingListener.of(config, Map.of(), false);
        first.started(0, 4, 1, 2);
        for (int step = 1; step <= 3; step++) {
            first.logged(step, TrackingRuns.step(step));
        }
        // Cut off here: the checkpoint is that of step 2.
        TrackingListener second = TrackingListener.of(config, Map.of(), true);
        second.started(2, 4, 1, 2);
        second.logged(3, TrackingRuns.step(30));
        second.logged(4, TrackingRuns.step(40));
        second.logged(4, TrackingRuns.evaluation(0.125));
        second.failed(new IllegalStateException("the end"));

        JsonNode read = read(events);
        JsonNode losses = read.path("scalars").path("train/loss");
        assertThat(losses.toString()).isEqualTo("[[1,1.0],[2,2.0],[3,30.0],[4,40.0]]");
        assertThat(read.path("scalars").path("eval/loss").toString()).isEqualTo("[[4,0.125]]");
        assertThat(read.path("scalars")
                        .path("train/learning_rate")
                        .path(0)
                        .path(1)
                        .asDouble())
                .isCloseTo(2e-4, within(1e-10));
        assertThat(read.path("texts").path("args/text_summary").asText()).contains("    name: größer/model\n");
    }

    private JsonNode read(Path events) throws IOException, InterruptedException {
        String python = System.getProperty("sqltune.python");
        assertThat(python)
                .as("name a Python that has tools/parity/requirements.txt: -Dsqltune.python=/path/to/bin/python")
                .isNotBlank();
        Path script = Path.of("..", "tools", "parity", "read_events.py")
                .toAbsolutePath()
                .normalize();
        Path output = folder.resolve("read.json");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(python, script.toString(), events.toString())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("Python ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(() -> {
                    try {
                        return Files.readString(errors, StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
        return new ObjectMapper().readTree(output.toFile());
    }
}
