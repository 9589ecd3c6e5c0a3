package org.sqltune.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a program of that name that writes down how it was called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a shell script")
class WandbTrackerTest {
    @TempDir
    private Path folder;

    @Test
    void theEventFilesAreSentByTheProgramOnThePath() throws IOException {
        WandbTracker tracker = tracker("echo \"$@ in $WANDB_PROJECT\"", Map.of("WANDB_PROJECT", "sql"));
        tracker.end(true);
        assertThat(folder.resolve("out/wandb.log"))
                .hasContent("sync --sync-tensorboard " + folder.resolve("events") + " in sql");
    }

    @Test
    void aFailureNamesTheLogAndTheCommand() throws IOException {
        WandbTracker tracker = tracker("read key || echo no key; exit 1", Map.of());
        assertThatThrownBy(() -> tracker.end(true))
                .hasMessageContaining("wandb.log says why")
                .hasMessageContaining("wandb sync --sync-tensorboard");
        assertThat(folder.resolve("out/wandb.log")).hasContent("no key");
    }

    @Test
    void offlineNothingIsSent() throws IOException {
        WandbTracker tracker = tracker("echo called", Map.of("WANDB_MODE", "offline"));
        tracker.end(true);
        assertThat(folder.resolve("out/wandb.log")).doesNotExist();
    }

    @Test
    void withoutTheProgramTheRunEndsAllTheSame() throws IOException {
        WandbTracker tracker = new WandbTracker(folder.resolve("events"), Map.of("PATH", folder.toString()));
        tracker.begin(TrackingRuns.config(folder.resolve("out")), 0);
        tracker.end(true);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private WandbTracker tracker(String script, Map<String, String> variables) throws IOException {
        Path program = Files.write(folder.resolve("wandb"), List.of("#!/bin/sh", script));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder.resolve("out"));
        Map<String, String> environment = new java.util.HashMap<>(variables);
        environment.put("PATH", "/nowhere:" + folder);
        WandbTracker tracker = new WandbTracker(folder.resolve("events"), environment);
        tracker.begin(TrackingRuns.config(folder.resolve("out")), 0);
        return tracker;
    }
}
