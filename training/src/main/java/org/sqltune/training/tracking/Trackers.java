package org.sqltune.training.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.ReportingSettings;
import org.sqltune.core.config.settings.ReportingSettings.Tracker;

/** Creates the trackers that a configuration names. */
final class Trackers {
    /** Start of a folder's name, as the Hugging Face Trainer writes it: {@code Nov21_18-30-00_host}. */
    private static final DateTimeFormatter RUN_START = DateTimeFormatter.ofPattern("MMMdd_HH-mm-ss", Locale.ENGLISH);

    private Trackers() {}

    static List<RunTracker> of(RunConfig config, Map<String, String> environment, boolean resume) {
        List<Tracker> configuredTrackers = config.training().reporting().reportTo();
        Clock clock = Clock.systemDefaultZone();
        List<RunTracker> trackers = new ArrayList<>();
        Path events = eventFolder(config, resume, clock);
        if (configuredTrackers.contains(Tracker.TENSORBOARD) || configuredTrackers.contains(Tracker.WANDB)) {
            trackers.add(new TensorBoardTracker(events, host(), clock));
        }
        if (configuredTrackers.contains(Tracker.MLFLOW)) {
            trackers.add(new MlflowTracker(environment, clock));
        }
        // After TensorBoard, because wandb sends TensorBoard's files.
        if (configuredTrackers.contains(Tracker.WANDB)) {
            trackers.add(new WandbTracker(events, environment));
        }
        return trackers;
    }

    /** Returns the folder of the event files; a resumed run keeps its folder. */
    static Path eventFolder(RunConfig config, boolean resume, Clock clock) {
        ReportingSettings reporting = config.training().reporting();
        Path configured = reporting.loggingDir();
        if (configured != null) {
            return configured;
        }
        Path runs = config.training().outputDir().resolve("runs");
        Path fresh = runs.resolve(RUN_START.format(LocalDateTime.now(clock)) + "_" + host());
        return resume ? newest(runs).orElse(fresh) : fresh;
    }

    private static Optional<Path> newest(Path runs) {
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(runs)) {
            return inside.filter(Files::isDirectory).max(Comparator.comparing(Trackers::changed));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static FileTime changed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
