package org.sqltune.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;

class OneThreadTest {
    private final OneThread guard = new OneThread("A counter", "give each thread its own");

    @Test
    void aSecondThreadIsRefusedAtOnceWhileTheFirstIsInside() {
        guard.run(() -> assertThatThrownBy(() -> elsewhere().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("A counter is for one thread at a time, and another thread is using this one:"
                        + " give each thread its own"));
    }

    @Test
    void threadsMayFollowEachOther() {
        assertThat(guard.call(() -> 1)).isOne();
        assertThat(elsewhere().join()).isEqualTo(2);
    }

    @Test
    void theSameThreadMayEnterAgain() {
        assertThat(guard.call(() -> guard.call(() -> 3))).isEqualTo(3);
    }

    @Test
    void workThatFailsLetsTheNextThreadIn() {
        assertThatThrownBy(() -> guard.run(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(elsewhere().join()).isEqualTo(2);
    }

    private CompletableFuture<Integer> elsewhere() {
        return CompletableFuture.supplyAsync(() -> guard.call(() -> 2));
    }
}
