package org.sqltune.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackgroundResourceTest {
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Remembers when it is closed. */
    private final class Opened implements AutoCloseable {
        @Override
        public void close() {
            events.add("closed");
        }
    }

    @Test
    void itIsOpenedWhileTheCallerWorks() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch worked = new CountDownLatch(1);
        try (BackgroundResource<Opened> resource = new BackgroundResource<>(() -> {
            called.countDown();
            await(worked);
            return new Opened();
        })) {
            called.await();
            events.add("worked");
            worked.countDown();
            assertThat(resource.get()).isSameAs(resource.get());
        }
        assertThat(events).containsExactly("worked", "closed");
    }

    @Test
    void itIsClosedThoughTheCallerFailsBeforeItIsOpen() {
        CountDownLatch failing = new CountDownLatch(1);
        assertThatThrownBy(() -> {
                    try (BackgroundResource<Opened> resource = new BackgroundResource<>(() -> {
                        await(failing);
                        return new Opened();
                    })) {
                        assertThat(resource).isNotNull();
                        failing.countDown();
                        throw new IllegalStateException("no data");
                    }
                })
                .hasMessage("no data");
        assertThat(events).containsExactly("closed");
    }

    @Test
    void whatOpeningThrowsIsThrownByGetAndNotByClose() {
        try (BackgroundResource<Opened> resource = new BackgroundResource<>(() -> {
            throw new IllegalStateException("no library");
        })) {
            assertThatThrownBy(resource::get)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("no library");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
