package org.sqltune.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;

class ScoringThreadsTest {
    @Test
    void resultsComeInTheTasksOrderThoughTheLastIsReadyFirst() {
        CountDownLatch secondIsReady = new CountDownLatch(1);
        List<Integer> found = new ArrayList<>();
        try (ScoringThreads threads = new ScoringThreads(2)) {
            threads.forEach(
                    List.of(1, 2),
                    task -> {
                        if (task == 1) {
                            awaitQuietly(secondIsReady);
                        } else {
                            secondIsReady.countDown();
                        }
                        return task * 10;
                    },
                    found::add);
        }
        assertThat(found).containsExactly(10, 20);
    }

    @Test
    void oneThreadDoesAllOfThem() {
        List<Integer> found = new ArrayList<>();
        try (ScoringThreads threads = new ScoringThreads(1)) {
            threads.forEach(IntStream.range(0, 100).boxed().toList(), task -> -task, found::add);
        }
        assertThat(found).hasSize(100).endsWith(-98, -99);
    }

    @Test
    void whatATaskThrowsIsThrownAndEarlierResultsAreNotLost() {
        List<Integer> found = new ArrayList<>();
        try (ScoringThreads threads = new ScoringThreads(2)) {
            assertThatThrownBy(() -> threads.forEach(
                            List.of(1, 0),
                            task -> {
                                if (task == 0) {
                                    throw new SqlTuneException("no such thing");
                                }
                                return task;
                            },
                            found::add))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessage("no such thing");
        }
        assertThat(found).containsExactly(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
