package org.sqltune.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskProgressTest {
    @Test
    void shortWorkShowsNothing() {
        for (boolean terminal : new boolean[] {true, false}) {
            RecordedConsole recorded = new RecordedConsole(terminal);
            try (TaskProgress progress = recorded.console().progress("Training")) {
                recorded.pass(Duration.ofMillis(1900));
                progress.advanced(10, 10, "");
            }
            assertThat(recorded.err()).isEmpty();
        }
    }

    @Test
    void aLogFileGetsALineEveryTenSeconds() {
        RecordedConsole recorded = new RecordedConsole(false);
        try (TaskProgress progress = recorded.console().progress("Training")) {
            for (int step = 1; step <= 25; step++) {
                recorded.pass(Duration.ofSeconds(1));
                progress.advanced(step, 50, step < 20 ? "loss 1.5" : "");
            }
        }
        assertThat(recorded.err()).isEqualTo("Training: 10 of 50 (20%), loss 1.5\nTraining: 20 of 50 (40%)\n");
    }

    @Test
    void aDownloadCountsInUnitsThatPeopleRead() {
        RecordedConsole recorded = new RecordedConsole(false);
        try (TaskProgress progress = recorded.console().downloads()) {
            recorded.pass(Duration.ofSeconds(10));
            progress.advanced(1_100_000_000, 2_200_119_864L, "model.safetensors");
        }
        assertThat(recorded.err()).isEqualTo("Downloading: 1.1 GB of 2.2 GB (49%), model.safetensors\n");
        RecordedConsole terminal = new RecordedConsole(true);
        try (TaskProgress progress = terminal.console().downloads()) {
            terminal.pass(Duration.ofSeconds(3));
            progress.advanced(1_100_000_000, 2_200_119_864L, "model.safetensors");
        }
        assertThat(terminal.err()).contains("1100/2200 MB");
    }

    @Test
    void aTerminalGetsABarThatFitsALine() {
        RecordedConsole recorded = new RecordedConsole(true);
        try (TaskProgress progress = recorded.console().progress("Training")) {
            recorded.pass(Duration.ofSeconds(3));
            progress.advanced(30, 60, "loss 1.5");
        }
        assertThat(recorded.err()).contains("Training").contains("30/60").contains("50%");
        assertThat(recorded.err().split("[\r\n]"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
        assertThat(recorded.out()).isEmpty();
    }
}
