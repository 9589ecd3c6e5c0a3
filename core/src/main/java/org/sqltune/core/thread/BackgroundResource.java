package org.sqltune.core.thread;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Opens a resource on another thread while the caller does something else, and closes it whatever happens meanwhile.
 *
 * @param <T> the resource, which may be used and closed by another thread than the one that opened it
 */
public final class BackgroundResource<T extends AutoCloseable> implements AutoCloseable {
    private final CompletableFuture<T> opening = new CompletableFuture<>();

    /** @param open opens the resource; called at once, on a thread of its own */
    public BackgroundResource(Supplier<T> open) {
        Thread thread = new Thread(
                () -> {
                    try {
                        opening.complete(open.get());
                    } catch (RuntimeException | Error e) {
                        opening.completeExceptionally(e);
                    }
                },
                "sqltune-opening");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits for the resource.
     *
     * @throws RuntimeException what opening it threw
     */
    public T get() {
        try {
            return opening.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (e.getCause() instanceof Error known) {
                throw known;
            }
            throw e;
        }
    }

    /** Waits until the resource is open, and closes it. Does nothing if it couldn't be opened: {@link #get} says why. */
    @Override
    public void close() {
        opening.handle((resource, failure) -> resource)
                .thenAccept(resource -> {
                    if (resource != null) {
                        closed(resource);
                    }
                })
                .join();
    }

    private static void closed(AutoCloseable resource) {
        try {
            resource.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A resource couldn't be closed", e);
        }
    }
}
