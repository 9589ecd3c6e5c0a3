package org.sqltune.model.hub.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream that doesn't wait for ever: a read fails if nothing comes for a while. The JDK's own
 * stream has no such limit, and a hub that falls silent would hold up a download until somebody notices.
 */
public final class TimedBody extends InputStream implements BodySubscriber<InputStream> {
    private final long idleNanos;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private @Nullable End end;

    /** @param idle how long to wait for the next bytes */
    public TimedBody(Duration idle) {
        idleNanos = idle.toNanos();
    }

    private sealed interface Event {}

    private record Bytes(ByteBuffer buffer) implements Event {}

    private record End(@Nullable Throwable failure) implements Event {}

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription.complete(given);
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(buffer -> events.add(new Bytes(buffer)));
        events.add(new Bytes(ByteBuffer.allocate(0)));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new End(failure));
    }

    @Override
    public void onComplete() {
        events.add(new End(null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining()) {
            if (end == null) {
                take(next());
            } else if (end.failure() == null) {
                return -1;
            } else {
                throw new IOException(String.valueOf(end.failure().getMessage()), end.failure());
            }
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    private void take(Event event) {
        if (event instanceof Bytes bytes) {
            current = bytes.buffer();
            if (!current.hasRemaining()) {
                // An empty buffer marks the end of what was sent at once: there is room for more.
                subscription.join().request(1);
            }
        } else if (event instanceof End reached) {
            end = reached;
        }
    }

    private Event next() throws IOException {
        try {
            Event event = events.poll(idleNanos, TimeUnit.NANOSECONDS);
            if (event == null) {
                close();
                throw new SocketTimeoutException(
                        "nothing came for " + TimeUnit.NANOSECONDS.toMillis(idleNanos) + " ms");
            }
            return event;
        } catch (InterruptedException e) {
            close();
            throw Pause.interrupted(e);
        }
    }

    /** Lets go of the connection. */
    @Override
    public void close() {
        // A subscription that never came has nothing to cancel.
        CompletableFuture<Void> unused = subscription.thenAccept(Subscription::cancel);
        if (end == null) {
            end = new End(new IOException("closed"));
        }
    }
}
