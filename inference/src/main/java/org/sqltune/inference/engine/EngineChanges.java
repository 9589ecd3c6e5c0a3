package org.sqltune.inference.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.sqltune.core.SqlTuneException;

/** What other threads want done by the engine's, between two tokens. Used under the engine's lock. */
final class EngineChanges {
    private final List<Change<?>> changes = new ArrayList<>();

    /**
     * A change that waits for its turn.
     *
     * @param ready when its turn is there
     * @param action makes it
     */
    record Change<T>(BooleanSupplier ready, Supplier<T> action, CompletableFuture<T> done) {
        Change(BooleanSupplier ready, Supplier<T> action) {
            this(ready, action, new CompletableFuture<>());
        }

        /** Waits until it is made; gives its failure on. */
        T await() {
            try {
                return done.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof SqlTuneException known ? known : e;
            }
        }

        void make() {
            try {
                done.complete(action.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        }
    }

    void queue(Change<?> change) {
        changes.add(change);
    }

    boolean pending() {
        return changes.stream().anyMatch(each -> each.ready().getAsBoolean());
    }

    void makeReadyOnes() {
        for (Change<?> each : List.copyOf(changes)) {
            if (each.ready().getAsBoolean()) {
                changes.remove(each);
                each.make();
            }
        }
    }

    void failAll(SqlTuneException cause) {
        changes.forEach(each -> each.done().completeExceptionally(cause));
        changes.clear();
    }
}
