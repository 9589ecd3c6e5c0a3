package org.sqltune.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;

class TrackingListenerTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:05Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void aTrackerThatFailsIsLeftAloneAndTheOthersGoOn() {
        Recording broken = new Recording(2);
        Recording whole = new Recording(Integer.MAX_VALUE);
        TrackingListener listener = new TrackingListener(TrackingRuns.config(folder), List.of(broken, whole));
        listener.started(0, 10, 1, 2);
        listener.logged(1, Map.of("loss", 1.0));
        listener.logged(2, Map.of("loss", 0.5));
        listener.logged(3, Map.of("loss", 0.25));
        listener.failed(new IllegalStateException());
        assertThat(broken.told).containsExactly("begin 0", "1 {loss=1.0}");
        assertThat(whole.told).containsExactly("begin 0", "1 {loss=1.0}", "2 {loss=0.5}", "3 {loss=0.25}", "end false");
    }

    @Test
    void tensorBoardIsTheDefaultAndNoneIsNothing() throws IOException {
        TrackingListener listener = TrackingListener.of(TrackingRuns.config(folder.resolve("a")), Map.of(), false);
        listener.started(0, 1, 1, 1);
        try (var files = Files.walk(folder.resolve("a/runs"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .asString()
                    .contains("events.out.tfevents.");
        }
        RunConfig silent = TrackingRuns.config(folder.resolve("b"), "training.report_to=none");
        TrackingListener.of(silent, Map.of(), false).started(0, 1, 1, 1);
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void aNewRunHasAFolderOfItsOwnAndAResumedOneTheLatest() throws IOException {
        RunConfig config = TrackingRuns.config(folder);
        Path older = Files.createDirectories(folder.resolve("runs/Sep01_10-00-00_host"));
        Path newer = Files.createDirectories(folder.resolve("runs/Oct01_10-00-00_host"));
        Files.setLastModifiedTime(older, FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(newer, FileTime.fromMillis(2_000_000));
        assertThat(Trackers.eventFolder(config, false, NOON).getFileName().toString())
                .startsWith("Nov21_12-00-05_");
        assertThat(Trackers.eventFolder(config, true, NOON)).isEqualTo(newer);
        RunConfig named = TrackingRuns.config(folder, "training.logging_dir=logs");
        assertThat(Trackers.eventFolder(named, true, NOON)).isEqualTo(Path.of("logs"));
    }

    /** Writes down what it is told, and fails once it was told enough. */
    private static final class Recording implements RunTracker {
        private final List<String> told = new ArrayList<>();
        private final int patience;

        Recording(int patience) {
            this.patience = patience;
        }

        @Override
        public String name() {
            return "Recording";
        }

        @Override
        public void begin(RunConfig config, int stepsDone) throws IOException {
            add("begin " + stepsDone);
        }

        @Override
        public void log(int step, Map<String, Double> values) throws IOException {
            add(step + " " + values);
        }

        @Override
        public void end(boolean succeeded) throws IOException {
            add("end " + succeeded);
        }

        private void add(String what) throws IOException {
            if (told.size() == patience) {
                throw new IOException("no answer");
            }
            told.add(what);
        }
    }
}
