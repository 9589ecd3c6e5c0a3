package org.sqltune.workflow.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sqltune.training.StepMetrics;

class TrainingRateTest {
    private final TrainingRate rate = new TrainingRate(null);

    @Test
    void oneStepTellsNothingYet() {
        rate.stepped(step(1, 0.5));
        assertThat(rate.inWords(100)).isEmpty();
    }

    @Test
    void theRateIsThatOfTheLastHalfMinute() {
        // Resumed after 1000 steps, at first ten times as slow: no step before the window counts.
        for (int step = 1; step <= 5; step++) {
            rate.stepped(step(1000 + step, 5000 + 10.0 * step));
        }
        for (int step = 1; step <= 40; step++) {
            rate.stepped(step(1005 + step, 5050 + step));
        }
        assertThat(rate.inWords(1045 + 95)).isEqualTo("16 ex/s, 4.6k tok/s, 1:35 left");
        assertThat(rate.inWords(1045 + 3725)).endsWith("1:02:05 left");
    }

    @Test
    void noMoreIsLeftThanATimeLimitLeaves() {
        AtomicLong clock = new AtomicLong();
        TrainingRate limited = new TrainingRate(4.0, clock::get);
        clock.set(30_000_000_000L); // until here the model was scored
        limited.started();
        limited.stepped(step(1, 1));
        limited.stepped(step(2, 2));
        clock.addAndGet(60_000_000_000L);
        assertThat(limited.inWords(1000)).endsWith(", 3:00 left");
        assertThat(limited.inWords(62)).endsWith(", 1:00 left");
        clock.addAndGet(500_000_000_000L);
        assertThat(limited.inWords(1000)).endsWith(", 0:00 left");
    }

    private static StepMetrics step(int step, double seconds) {
        return new StepMetrics(step, 0, 1, 1, 1e-3, 16L * step, 4600L * step, seconds, 0);
    }
}
